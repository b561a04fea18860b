import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Gateway } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Backend, Mirror } from '../../../ir/route.ts';
import { carriesRequests } from '../../../semantics/port.ts';
import type { HttpRouteDestination } from '../crds/parts.ts';

/**
 * Header by which the proxy of a caller tells an egress gateway the port of the External that a Route chose: all calls to
 * an External come to one listener, and the Host is that of the call. The gateway takes the header away.
 */
export const egressHeader = 'x-meshwright-egress';

/** Value of the header: `namespace/name:port`. */
export function egressMark({ id }: External, { name }: ExternalPort): string {
  return `${id}:${name}`;
}

/** Header changes of a destination whose calls leave through an egress gateway; none for the others. */
export function markOf(
  ir: Ir,
  to: Backend | Mirror,
  gateway?: Gateway['id'],
): Pick<HttpRouteDestination, 'headers'> {
  const external = ir.externals[to.service];
  const port = external?.ports.find(({ name }) => name === to.port);
  if (external?.gateway === undefined || port === undefined || external.gateway === gateway) return {};
  if (!carriesRequests(port) || ir.gateways[external.gateway] === undefined) return {};
  return { headers: { request: { set: { [egressHeader]: egressMark(external, port) } } } };
}
