import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Gateway } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Backend, Mirror } from '../../../ir/route.ts';
import { carriesRequests } from '../../../semantics/port.ts';
import type { HttpRouteDestination } from '../crds/parts.ts';

/**
 * The header by which a caller's proxy tells an egress gateway which port of the External a Route chose: all calls to
 * an External arrive at one listener with the `Host` of the call. The gateway removes the header.
 */
export const egressHeader = 'x-meshwright-egress';

/** Returns the value of the header: `namespace/name:port`. */
export function egressMark({ id }: External, { name }: ExternalPort): string {
  return `${id}:${name}`;
}

/**
 * Returns the header changes for a destination whose calls go through an egress gateway; none for other destinations.
 */
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
