import type { Alternative } from '../../gateway-api-objects/alternative.ts';
import { pathCondition } from '../../gateway-api-objects/path-condition.ts';
import type { MayPrecede } from '../../gateway-api-objects/precedence.ts';

const ranks = { Exact: 3, PathPrefix: 2, RegularExpression: 1 } as const;

/** The pattern of every path, by which a match of any path comes behind the patterns of its route. */
export const everyPath = '.*';

/**
 * Returns true if some request that fits both of two alternatives may be taken by the first one. Kuma sorts the matches of its
 * routes: exact paths, the longest prefixes, the longest patterns, then by method and by the number of conditions
 * (`CompareMatch` of its sources). Of two that are equal the first in the route comes first.
 */
export const mayPrecede: MayPrecede = (one, other) => {
  const [a, b] = [precedence(one), precedence(other)];
  const index = a.findIndex((value, at) => value !== b[at]);
  return index >= 0 && (a[index] ?? 0) > (b[index] ?? 0);
};

function precedence(alternative: Alternative): readonly number[] {
  const { path, method, headers, query } = alternative;
  const { type, value } = pathCondition(path);
  const place = isEveryPath(alternative)
    ? [ranks.RegularExpression, everyPath.length]
    : [ranks[type], type === 'Exact' ? 0 : value.length];
  return [...place, Number(method !== undefined), headers.length, query.length];
}

/** Returns true for an alternative that takes every path. */
export function isEveryPath({ path: { type, value } }: Alternative): boolean {
  return type === 'prefix' && value === '';
}

/** Returns true for an alternative with a pattern of paths. */
export function isPattern({ path }: Alternative): boolean {
  return pathCondition(path).type === 'RegularExpression';
}
