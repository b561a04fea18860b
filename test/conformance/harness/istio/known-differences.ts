import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Outcome } from '../../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import type { KnownDifference } from '../known-difference.ts';

/** All known differences; a request shows each of them, except for races. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    name: 'unknown host',
    why: 'a host that no document names gets 502 if hosts must be named (the language page says so)',
    takes: (difference, outcome) => isNotFound(outcome) && /^status 502, decided 404/.test(difference),
  },
  {
    name: 'unknown port',
    why: 'Istio recognises a call by the port that it was sent to; on a port of no known service nobody answers',
    takes: (difference, outcome) => isNotFound(outcome) && difference.startsWith('status 0, decided 404'),
  },
  {
    name: 'port in Host',
    why: 'Istio recognises a call by the port that it was sent to, so text instead of a number in Host has no effect',
    takes: (difference, outcome, { host }) =>
      isNotFound(outcome) && host?.endsWith(':') === true && /^(status|reached) /.test(difference),
  },
  {
    name: 'path of slashes',
    why: 'Envoy keeps two slashes of a path that consists only of slashes, and the sidecar passes them on',
    takes: (difference, { outcome }) => outcome === 'forwarded' && /^path \/\/(\?|,)/.test(difference),
  },
  {
    name: 'redirecting listener',
    why: 'at a listener that redirects to https, a request without a redirect gets 404 before access is checked',
    takes: (difference, outcome, request, ir) =>
      outcome.outcome === 'refused' &&
      redirects(ir, request) &&
      difference.startsWith('status 404, decided 403'),
  },
  {
    name: 'dot in a server name',
    why: 'Istio itself writes the server names of filter chains, without names that end with a dot',
    takes: (difference, _outcome, { sni }) =>
      sni?.endsWith('.') === true && /greeted 0 times .* by nobody of them/.test(difference),
  },
  {
    name: 'gRPC deadline',
    why: "both sidecars of a gRPC call count its timeout; if the server's is first, the caller sees DEADLINE_EXCEEDED",
    sometimes: true,
    takes: (difference) => /^server later than \d+ ms: grpc-status 4, decided 14/.test(difference),
  },
  {
    name: 'headers of the proxies',
    why: 'Istio passes its request id, its count of tries and the verified identity of the caller on to the application',
    takes: (difference) =>
      /^the application received x-(request-id|forwarded-client-cert|envoy-[a-z-]+): /.test(difference),
  },
];

function isNotFound({ outcome, ...rest }: Outcome): boolean {
  return outcome === 'unroutable' && 'status' in rest && rest.status === 404;
}

/** Returns true if the request is for a listener of a gateway that redirects all requests to https. */
function redirects({ gateways }: Ir, { to, port }: Request): boolean {
  const listeners = to.type === 'gateway' ? (gateways[to.id]?.listeners ?? []) : [];
  const asked = listeners.find((listener) => listener.name === port || listener.port === port);
  return asked?.httpsRedirect === true;
}
