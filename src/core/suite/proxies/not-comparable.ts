import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import { own } from '../../lib/own.ts';
import type { Outcome } from '../../semantics/outcome.ts';
import type { Request } from '../../semantics/request.ts';

/** Returns the reason why proxies on one machine can't be asked a request; undefined if they can. */
export function notComparable(request: Request, outcome: Outcome, ir: Ir): string | undefined {
  const { to, address } = request;
  if (address !== undefined && !address.startsWith('127.') && !takesAddress(request, ir))
    return 'not compared: no client of this machine has that address';
  if (outcome.outcome !== 'forwarded') return undefined;
  const { abort } = outcome.fault;
  if (abort !== undefined && abort.share < 1)
    return 'not compared: a fault ends a share of the requests, so that one request tells nothing';
  const places = outcome.backends.map(({ service }) => service);
  if (places.some((id) => own(ir.services, id) === undefined && own(ir.externals, id) === undefined))
    return `not compared: ${to.id} is a host that the mesh doesn't know, and no test calls it`;
  return undefined;
}

/** The reason why a call is not compared that the proxy of its caller answers otherwise. */
export const undeclared =
  'not compared: the caller declares its `calls`, and this is none of them, so that its proxy need not know the service';

/** Returns true if the caller declares its calls, and the request goes to none of them. */
export function isUndeclared({ from, to }: Request, { services }: Ir): boolean {
  const caller =
    from.type === 'service'
      ? own(services, from.id)
      : Object.values(services).find(
          ({ workload }) => from.type === 'spiffe' && spiffeId(workload.principal) === from.id,
        );
  const calls = caller?.calls;
  return calls !== undefined && to.type === 'service' && !calls.some(({ service }) => service === to.id);
}

/** Returns true if the listener takes the client's address from the header of the PROXY protocol. */
function takesAddress({ to, port }: Request, ir: Ir): boolean {
  const listeners = (to.type === 'gateway' ? own(ir.gateways, to.id)?.listeners : undefined) ?? [];
  return listeners.some(
    ({ name, port: number, clientAddress }) =>
      clientAddress?.type === 'proxyProtocol' &&
      (port === undefined || port === name || Number(port) === number),
  );
}
