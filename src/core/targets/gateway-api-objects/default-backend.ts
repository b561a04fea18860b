import { nowhere } from './nowhere.ts';
import type { HttpRule } from './parts.ts';

/**
 * Returns a rule in a form in which no request goes to a default backend, the Service of the route. Shares of zero are
 * left out; a rule without backends names one that doesn't exist, and nobody waits for it. A redirect has no backends.
 */
export function withoutDefaultBackend(rule: HttpRule, namespace: string): HttpRule {
  const { filters = [], backendRefs = [] } = rule;
  if (filters.some(({ requestRedirect }) => requestRedirect !== undefined)) return rule;
  const shares = backendRefs.filter(({ weight }) => weight !== 0);
  if (shares.length > 0) return { ...rule, backendRefs: shares };
  const { timeouts: _timeouts, retry: _retry, ...closed } = rule;
  return { ...closed, backendRefs: [nowhere(namespace)] };
}
