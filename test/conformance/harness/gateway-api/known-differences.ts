import { knownDifferences as ofIstio } from '../istio/known-differences.ts';
import type { KnownDifference } from '../known-difference.ts';

/** Differences between the Gateway API on Istio and `decide` that the target's notes or capabilities name. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    name: 'all weights zero',
    why: 'a rule of the Gateway API whose weights are all zero answers 500',
    takes: (difference, outcome) =>
      outcome.outcome === 'unroutable' &&
      outcome.status === 503 &&
      difference.startsWith('status 500, decided 503'),
  },
  {
    name: 'dot in Host',
    why: 'a dot at the end of a Host is part of it, as the notes say',
    takes: (_difference, _outcome, { host }) => host !== undefined && /\.(?::|$)/.test(host),
  },
  {
    name: 'port in Host that is no number',
    why: 'Istio knows a call by the port that was dialled, so what stands in Host instead of a number means nothing',
    takes: (difference, outcome, { host }) =>
      outcome.outcome === 'unroutable' && host?.endsWith(':') === true && difference.startsWith('reached '),
  },
  {
    name: 'port of a redirect',
    why: 'a redirect names the port by which requests reach the Service or listener, and one to https none',
    takes: (difference, outcome) => {
      const [, was = '', decided = ''] = /^location (\S+), decided (\S+)/.exec(difference) ?? [];
      const plain = (location: string): string => location.replace(/^([a-z]+:\/\/[^/:]+):\d*/, '$1');
      return outcome.outcome === 'redirected' && was !== '' && plain(was) === plain(decided);
    },
  },
  {
    name: 'preflight of another origin',
    why: 'Istio answers a preflight of an origin that is not allowed itself, as its record of cross-origin rules says',
    takes: (difference, outcome, { method, headers }) =>
      outcome.outcome === 'forwarded' &&
      method === 'OPTIONS' &&
      ['origin', 'access-control-request-method'].every((name) =>
        headers.some((header) => header.name === name),
      ) &&
      /^(?:0 tries arrived|server fails with .*: 0 tries)/.test(difference),
  },
  ...ofIstio,
];
