import type { HeaderChanges } from '../../../../../src/core/ir/route.ts';
import type { Forwarded, Outcome, Redirected } from '../../../../../src/core/semantics/outcome.ts';
import type { Answer } from './answer.ts';
import type { Changes } from './objects.ts';

/**
 * Returns how an answer differs from what is decided. `leak` is a request that gets further than it may, `narrow` one that
 * gets less far; `at server` says that the proxy of the server refuses it.
 */
export function differences(decided: Outcome, given: Answer): readonly string[] {
  if (decided.outcome === 'redirected') return redirectDifferences(decided, given);
  if (decided.outcome === 'forwarded') return forwardDifferences(decided, given);
  if (given.type === 'forwarded' || given.type === 'outside')
    return [`leak: ${decided.outcome} ${String(decided.status)}`];
  return given.type === 'refused' && given.status === decided.status
    ? []
    : [`status: ${String(decided.status)} decided, ${given.type} ${String(given.status)}`];
}

function redirectDifferences(decided: Redirected, given: Answer): readonly string[] {
  if (given.type !== 'redirected')
    return [`${given.type === 'refused' ? 'narrow' : 'leak'}: redirected decided, ${given.type}`];
  // A default port may be written or not.
  const isSame = new URL(given.location).href === new URL(decided.location).href;
  return isSame && given.status === decided.status
    ? []
    : [`redirect: ${decided.location} decided, ${given.location}`];
}

function forwardDifferences(decided: Forwarded, given: Answer): readonly string[] {
  if (given.type === 'refused')
    return [`narrow at ${given.by}: forwarded decided, refused ${String(given.status)}`];
  if (given.type === 'redirected') return ['narrow: forwarded decided, redirected'];
  if (given.type === 'outside') return [];
  const shares = new Map<string, number>();
  for (const { service, version, share } of decided.backends) {
    const key = `${service} ${version}`;
    shares.set(key, (shares.get(key) ?? 0) + share);
  }
  const refusedShare = decided.refusedShare ?? 0;
  const rounded = (all: Iterable<readonly [string, number]>): string =>
    JSON.stringify([...all].map(([key, share]) => [key, share.toFixed(5)]).sort());
  return [
    ...(given.refusedShare < refusedShare - 1e-6 ? ['leak: a refused share'] : []),
    ...(given.refusedShare > refusedShare + 1e-6 ? ['narrow: a refused share'] : []),
    ...(rounded(shares) === rounded(Object.entries(given.shares))
      ? []
      : [`shares: ${rounded(shares)} decided, ${rounded(Object.entries(given.shares))}`]),
    ...(decided.timeout === given.timeout
      ? []
      : [`timeout: ${String(decided.timeout)} decided, ${String(given.timeout)}`]),
    ...(decided.tries === given.tries
      ? []
      : [`tries: ${String(decided.tries)} decided, ${String(given.tries)}`]),
    ...changes('request headers', decided.requestHeaders, given.requestHeaders),
    ...changes('response headers', decided.responseHeaders, given.responseHeaders),
    ...(decided.mirrors.length > 0 ? ['mirrors'] : []),
    ...(decided.fault.abort || decided.fault.delay ? ['faults'] : []),
  ];
}

function changes(what: string, decided: HeaderChanges, given: Changes): readonly string[] {
  const text = ({ set = [], add = [], remove = [] }: Changes): string =>
    JSON.stringify([set, add, remove].map((list) => [...list].map((one) => JSON.stringify(one)).sort()));
  return text(decided) === text(given) ? [] : [`${what}: ${text(decided)} decided, ${text(given)}`];
}
