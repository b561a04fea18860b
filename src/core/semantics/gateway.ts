import type { Gateway, Listener } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import { checkAccess } from './access.ts';
import {
  closed,
  decision,
  type Failure,
  failed,
  noChanges,
  noRoute,
  refusal,
  unsafeRequest,
} from './answer.ts';
import { type Arrival, arrive } from './arrival.ts';
import { checkToken } from './authentication.ts';
import { presentedIdentity } from './caller.ts';
import { cameByHttps, clientAddress, withTrustedProtocol } from './client-address.ts';
import { preflight } from './cors.ts';
import { followRoute } from './follow-route.ts';
import { withClaims } from './header-changes.ts';
import { hostName } from './host-name.ts';
import {
  closestListener,
  enteredListener,
  httpsPort,
  isOwnHost,
  sharingPort,
  virtualHost,
} from './listener.ts';
import type { Outcome, Redirected } from './outcome.ts';
import { passedPath } from './passed-path.ts';
import { redirectLocation } from './redirect.ts';
import type { Request } from './request.ts';
import { gatewaySender } from './sender.ts';

/**
 * Decides a call that enters at a gateway. The gateway makes the server's checks, then the client's, and is the caller
 * of the backends.
 */
export function decideAtGateway(ir: Ir, gateway: Gateway, request: Request): Outcome {
  const entrance = enteredListener(gateway, request);
  if ('failure' in entrance) {
    const bare = { ...request, headers: [] };
    const unsafe = entrance.read && passedPath(bare) === undefined;
    return failed(unsafe ? unsafeRequest(bare) : entrance.failure);
  }
  const { listener } = entrance;
  const { tls, name, port: number, protocol } = listener;
  const identity = tls?.clientCertificates === undefined ? undefined : presentedIdentity(ir, request.from);
  if (identity === undefined && tls?.clientCertificates?.required === true) {
    const required = decision(tls.origin, 'a client certificate is required');
    return failed(refusal(0, 'the caller has no client certificate', [required]));
  }
  if (protocol === 'tls' || protocol === 'tcp') {
    const port = { name, number, http: false };
    return closed(
      enter(
        ir,
        gateway,
        listener,
        arrive(request, {
          port,
          scheme: 'http',
          path: '',
          host: '',
          identity,
          address: clientAddress(listener, request),
        }),
      ),
    );
  }
  return decideRequest(ir, gateway, listener, withTrustedProtocol(listener, request), identity);
}

/** Decides a request at an http or https listener; `identity` is that of the client's certificate. */
function decideRequest(
  ir: Ir,
  gateway: Gateway,
  listener: Listener,
  request: Request,
  identity: string | undefined,
): Outcome {
  const { name, port: number } = listener;
  const path = passedPath(request);
  if (path === undefined) return failed(unsafeRequest(request));
  const host = request.host ?? `${gateway.name}.${gateway.namespace}`;
  const port = { name, number, http: true };
  const scheme = listener.protocol === 'https' ? 'https' : 'http';
  const address = clientAddress(listener, request);
  const arrival = arrive(request, { port, scheme, path, host, identity, address });
  const misdirected = misdirection(gateway, listener, hostName(host).name);
  if (misdirected !== undefined) return failed(misdirected);
  // Redirect only hosts of the listener, so that a made-up `Host` can't choose the destination.
  const redirects =
    listener.httpsRedirect && isOwnHost(listener, hostName(host).name) && !cameByHttps(listener, request);
  return redirects ? toHttps(gateway, listener, arrival) : enter(ir, gateway, listener, arrival);
}

/**
 * Returns the failure (421) for a host that belongs to another listener on the port: the client must connect to that
 * listener, whose certificates and rules apply.
 */
function misdirection(gateway: Gateway, listener: Listener, name: string): Failure | undefined {
  const closest = closestListener(sharingPort(gateway, listener), name);
  if (closest === undefined || closest === listener) return undefined;
  const what = `${name} is served by the listener ${closest.name}, and this connection is to ${listener.name}`;
  return noRoute(421, what, [decision(closest.origin, what)]);
}

/** Answers preflights before the checks, and any other request after them. */
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

function toHttps(gateway: Gateway, listener: Listener, arrival: Arrival): Redirected {
  const port = httpsPort(gateway, hostName(arrival.host).name);
  return {
    outcome: 'redirected',
    status: 301,
    reason: `listener ${listener.name} redirects to https`,
    location: redirectLocation({ scheme: 'https', port }, arrival),
    responseHeaders: noChanges,
    decidedBy: [decision(listener.origin, 'httpsRedirect')],
  };
}
