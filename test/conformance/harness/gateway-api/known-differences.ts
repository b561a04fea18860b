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
    name: 'no rule of a host',
    why: 'a last rule without a backend keeps what no rule takes from a wider host, as a limit of the target says',
    takes: (difference, outcome, { to }) =>
      outcome.outcome === 'unroutable' &&
      to.type === 'gateway' &&
      difference.startsWith('status 500, decided 404'),
  },
  {
    name: 'another port of a host outside the mesh',
    why: 'the mesh itself decides about ports that no object names, as the capability `egress.deny` says; here no such host answers',
    takes: (difference, outcome, { host }) =>
      outcome.outcome === 'unroutable' &&
      outcome.status === 404 &&
      /^api\.weather\.example:(?!8080$)/i.test(host ?? '') &&
      difference === 'status 503, decided 404; body "no healthy upstream"',
  },
  {
    name: 'dot in Host',
    why: 'the Gateway API keeps a dot at the end of a Host, as the notes of the target say',
    takes: (_difference, _outcome, { host }) => host !== undefined && /\.(?::|$)/.test(host),
  },
  {
    name: 'port in Host that is no number',
    why: 'Istio recognises a call by the port that it was sent to, so text instead of a number in Host has no effect',
    takes: (difference, outcome, { host }) =>
      outcome.outcome === 'unroutable' && host?.endsWith(':') === true && difference.startsWith('reached '),
  },
  {
    name: 'port of a redirect',
    why: 'a redirect names the port at which requests reach the Service or listener, and a redirect to https names none',
    takes: (difference, outcome) => {
      const [, was = '', decided = ''] = /^location (\S+), decided (\S+)/.exec(difference) ?? [];
      const plain = (location: string): string => location.replace(/^([a-z]+:\/\/[^/:]+):[^/]*/, '$1');
      return outcome.outcome === 'redirected' && was !== '' && plain(was) === plain(decided);
    },
  },
  {
    name: 'server name of another host',
    why: 'each hostname is a listener of its own, which takes calls by their server name, as the notes of the target say',
    takes: (difference, { outcome }, { to, sni, host = '' }) =>
      to.type === 'gateway' &&
      sni !== undefined &&
      sni.toLowerCase() !== host.replace(/:\d+$/, '').toLowerCase() &&
      (outcome === 'forwarded' || outcome === 'redirected') &&
      /^(?:status (?:0|404), |response header |location undefined|0 tries arrived)/.test(difference),
  },
  {
    name: 'preflight of another origin',
    why: 'Istio itself answers a preflight from an origin that is not allowed, as its capability for cross-origin rules says',
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
