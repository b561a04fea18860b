import type { AccessTo, PathMatch } from '../../../spec/types.gen.ts';
import { arePathsDisjoint } from '../../gateway-api-objects/read/disjoint-paths.ts';

/** The one of two matches that takes a request which fits both. */
export type Order = 'before' | 'after' | 'unsure';

/**
 * Returns the place of a match against another. Linkerd takes the match that covers most of a path (an exact path and a pattern
 * cover all of it), then the one with a method, then the one with more headers.
 */
export function orderOf(one: AccessTo, other: AccessTo): Order {
  const rest = compareRest(one, other);
  const [path, second] = [pathOf(one), pathOf(other)];
  const [own, others] = [covered(path), covered(second)];
  if (own === others) return rest;
  if (own !== undefined && others !== undefined) return own > others ? 'before' : 'after';
  if (own === undefined) return wholeAgainst(path, others ?? 0, rest);
  return reverse(wholeAgainst(second, own, reverse(rest)));
}

/** A path that covers everything comes before a prefix, unless the path is the prefix itself. */
function wholeAgainst(path: PathMatch | undefined, length: number, rest: Order): Order {
  const exact = path?.exact;
  if (exact === undefined) return rest === 'before' ? 'before' : 'unsure';
  return exact.length > length ? 'before' : rest;
}

function reverse(order: Order): Order {
  if (order === 'unsure') return order;
  return order === 'before' ? 'after' : 'before';
}

function compareRest(one: AccessTo, other: AccessTo): Order {
  const methods = Number(one.methods !== undefined) - Number(other.methods !== undefined);
  const headers = Object.keys(one.headers ?? {}).length - Object.keys(other.headers ?? {}).length;
  const difference = methods === 0 ? headers : methods;
  if (difference === 0) return 'unsure';
  return difference > 0 ? 'before' : 'after';
}

function pathOf({ paths }: AccessTo): PathMatch | undefined {
  return paths?.[0];
}

/** Returns the number of characters of a prefix; undefined for a condition on the whole path. */
function covered(path: PathMatch | undefined): number | undefined {
  if (path === undefined) return 1;
  return path.prefix === undefined ? undefined : Math.max(path.prefix.replace(/\/+$/, '').length, 1);
}

/** Returns true if no request fits both matches. */
export function isDisjoint(one: AccessTo, other: AccessTo): boolean {
  const [own, others] = [one.methods?.[0], other.methods?.[0]];
  if (own !== undefined && others !== undefined && own !== others) return true;
  return arePathsDisjoint(pathOf(one), pathOf(other));
}
