import type { Alternative } from '../../gateway-api-objects/alternative.ts';
import { pathCondition } from '../../gateway-api-objects/path-condition.ts';
import { comparePrecedence, type MayPrecede } from '../../gateway-api-objects/precedence.ts';

/**
 * Returns true if some request that fits both of two alternatives may be taken by the first one. Kuma sorts the matches
 * of its routes as the Gateway API does, which leaves the place of patterns open: a pattern may precede anything.
 */
export const mayPrecede: MayPrecede = (one, other) => {
  const asked = [one, other].filter(({ path }) => isPattern(path)).length;
  return asked === 1 || comparePrecedence(one, other) > 0;
};

function isPattern(path: Alternative['path']): boolean {
  return pathCondition(path).type === 'RegularExpression';
}
