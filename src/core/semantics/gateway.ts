import type { Gateway, Listener } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import { checkAccess } from './access.ts';
import { closed, decision, failed, noChanges, noRoute, refusal, unsafeRequest } from './answer.ts';
import { type Arrival, arrive } from './arrival.ts';
import { checkToken } from './authentication.ts';
import { presentedIdentity } from './caller.ts';
import { preflight } from './cors.ts';
import { followRoute } from './follow-route.ts';
import { withClaims } from './header-changes.ts';
import { hostName } from './host-name.ts';
import { askedListener, isOwnHost, virtualHost } from './listener.ts';
import { normalisePath } from './normalise-path.ts';
import type { Outcome, Redirected } from './outcome.ts';
import { redirectLocation } from './redirect.ts';
import type { Request } from './request.ts';
import { gatewaySender } from './sender.ts';

/** A call that enters at a gateway: it makes the server's checks, then the client's, and is the caller of the backends. */
export function decideAtGateway(ir: Ir, gateway: Gateway, request: Request): Outcome {
  const listener = askedListener(gateway, request);
  if (listener === undefined) {
    const what = `${gateway.id} has no listener for ${request.port === undefined ? 'port 80' : String(request.port)}`;
    return failed(noRoute(404, what, [decision(gateway.origin, what)]));
  }
  const { tls, name, port: number, protocol } = listener;
  const identity = tls?.clientCertificates === undefined ? undefined : presentedIdentity(ir, request.from);
  if (identity === undefined && tls?.clientCertificates?.required === true) {
    const required = decision(tls.origin, 'a client certificate is required');
    return failed(refusal(0, 'the caller has no client certificate', [required]));
  }
  if (protocol === 'tls' || protocol === 'tcp') {
    const port = { name, number, http: false };
    return closed(
      enter(ir, gateway, listener, arrive(request, { port, scheme: 'http', path: '', host: '', identity })),
    );
  }
  const path = normalisePath(request.path, request.query);
  if (path === undefined) return failed(unsafeRequest(request));
  const host = request.host ?? `${gateway.name}.${gateway.namespace}`;
  const port = { name, number, http: true };
  const arrival = arrive(request, { port, scheme: protocol, path, host, identity });
  // Only the listener's own hosts: whoever makes up a Host must not be sent there.
  const redirects = listener.httpsRedirect && isOwnHost(listener, hostName(host).name);
  return redirects ? toHttps(listener, arrival) : enter(ir, gateway, listener, arrival);
}

/** Preflights are answered before the checks; everything else comes after them. */
function enter(ir: Ir, gateway: Gateway, listener: Listener, arrival: Arrival): Outcome {
  const name = arrival.port.http ? hostName(arrival.host).name : (arrival.sni ?? '');
  const host = virtualHost(listener, name);
  const answer = host === undefined || !arrival.port.http ? undefined : preflight(host.route, arrival);
  if (answer !== undefined) return answer;
  const token = checkToken(arrival.port.http ? gateway.authentication : undefined, arrival.claims);
  if (token.failure !== undefined) return failed(token.failure);
  const seen = { ...arrival, headers: withClaims(arrival.headers, token) };
  const access = checkAccess(gateway.access, gateway, seen, token.token);
  if (access.failure !== undefined) return failed(access.failure);
  if (host === undefined) {
    const what = `no route for ${name === '' ? 'a call without a name' : name} at listener ${listener.name}`;
    return failed(noRoute(404, what, [decision(listener.origin, what)]));
  }
  const admitted = { ...arrival, claims: token.passedOn, added: token.headers, reserved: token.reserved };
  const outcome = followRoute(ir, gatewaySender(gateway), host.route, admitted);
  return { ...outcome, decidedBy: [...access.decidedBy, ...outcome.decidedBy] };
}

function toHttps(listener: Listener, arrival: Arrival): Redirected {
  return {
    outcome: 'redirected',
    status: 301,
    reason: `listener ${listener.name} redirects to https`,
    location: redirectLocation({ scheme: 'https' }, arrival),
    responseHeaders: noChanges,
    decidedBy: [decision(listener.origin, 'httpsRedirect')],
  };
}
