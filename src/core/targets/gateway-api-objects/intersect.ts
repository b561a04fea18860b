import type { PathMatch } from '../../ir/match.ts';
import { pathMatches } from '../../ir/string-match.ts';
import { compilePattern } from '../../lib/compile-pattern.ts';
import type { Alternative, Condition } from './alternative.ts';

/**
 * The intersection of two conditions: `none` if no request fits both, `inexpressible` if no single condition expresses it.
 */
type Both<T> = T | 'none' | 'inexpressible';

/** Returns the intersection of two alternatives. Prefixes are replaced by the condition of the first one. */
export function intersect(one: Alternative, other: Alternative): Both<Alternative> {
  if (one.method !== undefined && other.method !== undefined && one.method !== other.method) return 'none';
  const method = one.method ?? other.method;
  const parts = [
    bothPaths(one.path, other.path),
    bothConditions(one.headers, other.headers),
    bothConditions(one.query, other.query),
  ] as const;
  if (parts.includes('none')) return 'none';
  const [path, headers, query] = parts;
  if (typeof path === 'string' || typeof headers === 'string' || typeof query === 'string')
    return 'inexpressible';
  return {
    path,
    headers,
    query,
    ...(method !== undefined && { method }),
    ...(one.matched && { matched: one.matched }),
  };
}

function bothPaths(one: PathMatch, other: PathMatch): Both<PathMatch> {
  if (one.type === other.type && one.value === other.value) return one;
  if (isEvery(one)) return other;
  if (isEvery(other)) return one;
  if (one.type === 'exact') return fits(other, one.value) ? one : 'none';
  if (other.type === 'exact') return fits(one, other.value) ? other : 'none';
  if (one.type === 'regex' || other.type === 'regex') return 'inexpressible';
  if (one.type === 'prefix' && other.type === 'prefix') {
    if (isWithin(one.value, other.value)) return one;
    return isWithin(other.value, one.value) ? other : 'none';
  }
  return withBeginning(one, other);
}

/** Returns the intersection of two path conditions, at least one of which compares characters. */
function withBeginning(one: PathMatch, other: PathMatch): Both<PathMatch> {
  const [wide, narrow] = one.value.length <= other.value.length ? [one, other] : [other, one];
  if (!narrow.value.startsWith(wide.value)) return 'none';
  // A prefix by path element contains a longer beginning only behind a slash.
  if (wide.type === 'prefix' && narrow.value !== wide.value)
    return narrow.value.startsWith(`${wide.value}/`) ? narrow : 'none';
  if (wide.type === 'prefix' || narrow.type === 'prefix') return wide.type === 'prefix' ? wide : narrow;
  return narrow;
}

function isEvery({ type, value }: PathMatch): boolean {
  return type === 'prefix' && value === '';
}

function isWithin(inner: string, outer: string): boolean {
  return `${inner}/`.startsWith(`${outer}/`);
}

function bothConditions(one: readonly Condition[], other: readonly Condition[]): Both<readonly Condition[]> {
  const all = new Map(one.map((condition) => [condition.name, condition]));
  let inexpressible = false;
  for (const condition of other) {
    const own = all.get(condition.name);
    const both = own === undefined ? condition : bothValues(own, condition);
    if (both === 'none') return 'none';
    if (both === 'inexpressible') inexpressible = true;
    else all.set(condition.name, both);
  }
  if (inexpressible) return 'inexpressible';
  return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function bothValues(one: Condition, other: Condition): Both<Condition> {
  if (one.type === other.type && one.value === other.value) return one;
  const [exact, second] = one.type === 'Exact' ? [one, other] : [other, one];
  if (exact.type !== 'Exact') {
    // Only the pattern for any value contains every other pattern.
    if (one.value === '.*') return other;
    return other.value === '.*' ? one : 'inexpressible';
  }
  if (second.type === 'Exact') return 'none';
  return takes(second.value, exact.value) ? exact : 'none';
}

function fits(match: PathMatch, path: string): boolean {
  try {
    return pathMatches(match, path);
  } catch {
    // Another check reports a pattern that RE2 refuses.
    return false;
  }
}

function takes(pattern: string, value: string): boolean {
  try {
    return compilePattern(pattern).testExact(value);
  } catch {
    return false;
  }
}
