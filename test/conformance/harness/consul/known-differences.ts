import type { KnownDifference } from '../known-difference.ts';

/** All known differences; a request shows each of them, except for races. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    name: 'no rule',
    why: 'a router sends a request that no rule takes to a subset without instances, which is 503 (the target says so)',
    takes: (difference, outcome) =>
      outcome.outcome === 'unroutable' &&
      outcome.status === 404 &&
      /^(?:status 503, decided 404|grpc-status 14 .* decided 404)/.test(difference),
  },
  {
    name: 'no answers of a rule',
    why: 'a router answers nothing itself: such requests go to the subset without instances (the target says so)',
    takes: (difference, { outcome }) =>
      (outcome === 'responded' || outcome === 'redirected') &&
      /^(?:status 503, decided|location undefined, decided|body "no healthy upstream", decided|response header )/.test(
        difference,
      ),
  },
  {
    name: 'refused before Access is asked',
    why: 'a change that Consul loses, and about which Access asks, sends all requests of its rule nowhere (the target says so)',
    takes: (difference, outcome) =>
      outcome.outcome === 'refused' &&
      outcome.status === 403 &&
      /^status 503, decided 403\b.*no healthy upstream/.test(difference),
  },
  {
    name: 'dot at the end of a host',
    why: 'Envoy passes a host on with the dot at its end',
    takes: (difference, { outcome }) =>
      outcome === 'forwarded' && /^host (\S+)\.(:\d+)?, decided \1(?:\2)$/.test(difference),
  },
  {
    name: 'headers of the proxies',
    why: 'Envoy passes its request id, its count of tries and the time that is left on to the application',
    takes: (difference) =>
      /^the application received x-(?:request-id|forwarded-client-cert|envoy-[a-z-]+): /.test(difference),
  },
];
