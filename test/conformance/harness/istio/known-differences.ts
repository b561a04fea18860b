import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Outcome } from '../../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import type { KnownDifference } from '../known-difference.ts';

/** All known differences; a request shows each of them, except for races. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    name: 'unknown host',
    why: 'a host that nothing names is 502 where hosts have to be named (the language page says so)',
    takes: (difference, outcome) => isNotFound(outcome) && /^status 502, decided 404/.test(difference),
  },
  {
    name: 'unknown port',
    why: 'Istio knows a call by the port that was dialled; on a port that no known service has nothing answers',
    takes: (difference, outcome) => isNotFound(outcome) && difference.startsWith('status 0, decided 404'),
  },
  {
    name: 'port in Host',
    why: 'Istio knows a call by the port that was dialled, so what stands in Host instead of a number means nothing',
    takes: (difference, outcome, { host }) =>
      isNotFound(outcome) && host?.endsWith(':') === true && /^(status|reached) /.test(difference),
  },
  {
    name: 'path of slashes',
    why: 'Envoy leaves two slashes of a path that has nothing else, and the sidecar passes them on',
    takes: (difference, { outcome }) => outcome === 'forwarded' && /^path \/\/(\?|,)/.test(difference),
  },
  {
    name: 'redirecting listener',
    why: 'what a listener that only redirects to https does not redirect ends with 404 before access is asked',
    takes: (difference, outcome, request, ir) =>
      outcome.outcome === 'refused' &&
      redirects(ir, request) &&
      difference.startsWith('status 404, decided 403'),
  },
  {
    name: 'dot in a server name',
    why: 'Istio writes the server names of filter chains itself, and none with a dot at its end',
    takes: (difference, _outcome, { sni }) =>
      sni?.endsWith('.') === true && /greeted 0 times .* by nobody of them/.test(difference),
  },
  {
    name: 'gRPC deadline',
    why: "both sidecars of a gRPC call count its timeout; where the server's is first, the caller sees DEADLINE_EXCEEDED",
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
