import type { Alternative } from './alternative.ts';
import { pathCondition } from './path-condition.ts';
import type { MayPrecede } from './precedence.ts';

/**
 * Returns true if some request that fits both of two alternatives may be taken by the first one. Linkerd takes the
 * match whose path condition covers most characters of the path: an exact path and a pattern cover the whole path, a
 * prefix its own characters. After that a method counts, then the number of headers, then the number of query
 * parameters.
 */
export const mayPrecede: MayPrecede = (one, other) => {
  const path = exactLength(one) ?? exactLength(other);
  const [covered, others] = [coveredLength(one) ?? path, coveredLength(other) ?? path];
  if (covered === others) return compareRest(one, other) > 0;
  if (covered === undefined) return true;
  // A prefix covers as much as a pattern if the path equals the prefix.
  return others === undefined ? compareRest(one, other) > 0 : covered > others;
};

/** Returns true if every request that fits both of two alternatives is taken by the first one. */
export function alwaysPrecedes(one: Alternative, other: Alternative): boolean {
  const path = exactLength(one) ?? exactLength(other);
  const [covered, others] = [coveredLength(one) ?? path, coveredLength(other) ?? path];
  if (covered === undefined || others === undefined || covered === others) return compareRest(one, other) > 0;
  return covered > others;
}

function exactLength({ path }: Alternative): number | undefined {
  const { type, value } = pathCondition(path);
  return type === 'Exact' ? value.length : undefined;
}

/** Returns the number of covered characters; undefined for the whole path. */
function coveredLength({ path }: Alternative): number | undefined {
  const { type, value } = pathCondition(path);
  if (type === 'RegularExpression') return undefined;
  return type === 'PathPrefix' ? Math.max(value.replace(/\/+$/, '').length, 1) : value.length;
}

function compareRest(one: Alternative, other: Alternative): number {
  return (
    Number(one.method !== undefined) - Number(other.method !== undefined) ||
    one.headers.length - other.headers.length ||
    one.query.length - other.query.length
  );
}
