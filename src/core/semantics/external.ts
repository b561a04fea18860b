import type { External, ExternalPort } from '../ir/external.ts';
import type { Gateway, Listener } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import { own } from '../lib/own.ts';
import { checkAccess } from './access.ts';
import { decision, type Failure, noRoute } from './answer.ts';
import type { Arrival } from './arrival.ts';
import { checkToken } from './authentication.ts';
import { hostnameTakes } from './host-name.ts';
import { serviceLimits } from './limits.ts';
import { carriesRequests } from './port.ts';
import { takesPrincipal } from './principal.ts';
import type { Sender } from './sender.ts';
import { passed, type ServerCheck, stopped } from './server.ts';

/** Checks the `from` of an External, and the egress gateway through which its calls go, with the caller's identity. */
export function checkExternal(
  ir: Ir,
  external: External,
  port: ExternalPort,
  sender: Sender,
  arrival: Arrival,
): ServerCheck {
  const hidden = notForCaller(external, sender.identity);
  if (hidden !== undefined) return stopped(hidden);
  const gateway = external.gateway === undefined ? undefined : own(ir.gateways, external.gateway);
  const counted = { ...passed, rateLimited: carriesRequests(port) ? serviceLimits(external) : [] };
  if (gateway === undefined || gateway.id === sender.gateway) return counted;
  const listener = egressListener(gateway, external, port);
  if (listener === undefined) {
    const what = `${gateway.id} has no listener that takes calls to ${external.id}`;
    return stopped(noRoute(503, what, [decision(gateway.origin, what)]));
  }
  const http = carriesRequests(port);
  const token = checkToken(http ? gateway.authentication : undefined, arrival.claims);
  if (token.failure !== undefined) return stopped(token.failure);
  // The application's own TLS passes through, so the caller's proxy can't prove an identity to the gateway.
  const identity = listener.protocol === 'tls' ? undefined : sender.identity;
  const received = { ...arrival, port: { name: listener.name, number: listener.port, http }, identity };
  const access = checkAccess(gateway.access, gateway, received, token.token);
  return access.failure === undefined ? { ...counted, decidedBy: access.decidedBy } : stopped(access.failure);
}

/** Returns the failure of a caller that the External's `from` doesn't include; undefined for other callers. */
export function notForCaller(external: External, identity: string): Failure | undefined {
  if (external.from === undefined || external.from.some((match) => takesPrincipal(match, identity)))
    return undefined;
  const what = `${external.id} is not for this caller`;
  return noRoute(404, what, [decision(external.origin, what)]);
}

/**
 * Returns the listener for calls to an External: it has the protocol of the calls and the hosts of the External, and
 * the port of the calls if there is such a listener.
 */
export function egressListener(
  { listeners }: Gateway,
  external: External,
  port: ExternalPort,
): Listener | undefined {
  const spoken = spokenProtocol(port);
  const taking = listeners.filter(
    ({ protocol, hostnames }) =>
      protocol === spoken &&
      external.hosts.some((host) => hostnames.some((hostname) => covers(hostname, host))),
  );
  return taking.find((listener) => listener.port === port.number) ?? taking[0];
}

function spokenProtocol(port: ExternalPort): Listener['protocol'] {
  if (carriesRequests(port)) return 'http';
  return port.http || port.protocol === 'tls' ? 'tls' : 'tcp';
}

/** Returns true if every name of `host` (exact or `*.`) fits `hostname`. */
function covers(hostname: string, host: string): boolean {
  return hostname === host || hostnameTakes(hostname, host.replace(/^\*\./, 'any.'));
}
