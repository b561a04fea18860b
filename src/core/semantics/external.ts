import type { External } from '../ir/external.ts';
import type { Listener } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import type { Port } from '../ir/service.ts';
import { checkAccess } from './access.ts';
import { decision, type Failure, noRoute } from './answer.ts';
import type { Arrival } from './arrival.ts';
import { checkToken } from './authentication.ts';
import { hostName, hostnameTakes } from './host-name.ts';
import { own } from './own.ts';
import { carriesRequests } from './port.ts';
import { takesPrincipal } from './principal.ts';
import type { Sender } from './sender.ts';
import { passed, type ServerCheck, stopped } from './server.ts';

/** What guards an External: its `from`, and the egress gateway that calls take, with the caller's identity. */
export function checkExternal(
  ir: Ir,
  external: External,
  port: Port,
  sender: Sender,
  arrival: Arrival,
): ServerCheck {
  const hidden = notForCaller(external, sender.identity);
  if (hidden !== undefined) return stopped(hidden);
  const gateway = external.gateway === undefined ? undefined : own(ir.gateways, external.gateway);
  if (gateway === undefined || gateway.id === sender.gateway) return passed;
  const http = carriesRequests(port);
  const token = checkToken(http ? gateway.authentication : undefined, arrival.claims);
  if (token.failure !== undefined) return stopped(token.failure);
  const name = egressListener(gateway.listeners, port, arrival.host)?.name ?? '';
  const received = { ...arrival, port: { name, number: port.number, http }, identity: sender.identity };
  const access = checkAccess(gateway.access, gateway, received, token.token);
  return access.failure === undefined ? { ...passed, decidedBy: access.decidedBy } : stopped(access.failure);
}

/** Why an External is unknown to a caller, if it is: its `from` holds others only. */
export function notForCaller(external: External, identity: string): Failure | undefined {
  if (external.from === undefined || external.from.some((match) => takesPrincipal(match, identity)))
    return undefined;
  const what = `${external.id} is not for this caller`;
  return noRoute(404, what, [decision(external.origin, what)]);
}

/** The listener that a call comes to: for its host, on its port if there is one. */
function egressListener(listeners: readonly Listener[], port: Port, host: string): Listener | undefined {
  const { name } = hostName(host);
  const taking = listeners.filter(({ hostnames }) =>
    hostnames.some((hostname) => hostnameTakes(hostname, name)),
  );
  return taking.find((listener) => listener.port === port.number) ?? taking[0];
}
