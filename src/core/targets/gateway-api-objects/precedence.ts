import type { Alternative } from './alternative.ts';
import { pathCondition } from './path-condition.ts';

const ranks = { Exact: 3, PathPrefix: 2, RegularExpression: 1 } as const;

/**
 * Compares two alternatives by the precedence of HTTPRouteRule: an exact path, then the longest prefix, then a method,
 * then the number of conditions on headers, then that on query parameters. Patterns come after prefixes, as in Istio;
 * the API leaves their place open. Positive if the first precedes.
 */
export function comparePrecedence(one: Alternative, other: Alternative): number {
  const [a, b] = [precedence(one), precedence(other)];
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function precedence({ path, method, headers, query }: Alternative): readonly number[] {
  const { type, value } = pathCondition(path);
  return [ranks[type], value.length, Number(method !== undefined), headers.length, query.length];
}

/** Returns true if some request that fits both of two alternatives may be taken by the first one. */
export type MayPrecede = (one: Alternative, other: Alternative) => boolean;

/** Decides by the precedence of the API, which is the same for every request. */
export const precedes: MayPrecede = (one, other) => comparePrecedence(one, other) > 0;
