import type { Condition } from '../reach/condition.ts';
import { satisfiable } from '../reach/satisfiable.ts';

/** Returns true if no request fulfils any of the conditions; false also if the comparison can't know. */
export function isEmpty(conditions: readonly Condition[]): boolean {
  const open = conditions.filter((one) => one !== false);
  if (open.length === 0) return true;
  // Most rules take something that no other takes at all: no diagram is needed then.
  if (open.some((one) => variablesOf(one) !== undefined)) return false;
  return satisfiable(open)?.includes(true) === false;
}

/**
 * Returns the variables that a condition asks if some request surely fulfils the condition, since it asks each variable
 * once and a value is written; undefined if that isn't sure.
 */
function variablesOf(condition: Condition): readonly string[] | undefined {
  if (typeof condition === 'boolean') return condition ? [] : undefined;
  if ('any' in condition) {
    const parts = condition.any.map(variablesOf);
    return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
  }
  if ('all' in condition) {
    const parts = condition.all.map(variablesOf);
    const asked = parts.flatMap((part) => [...new Set(part)]);
    return parts.includes(undefined) || new Set(asked).size < asked.length ? undefined : asked;
  }
  if ('not' in condition) return undefined;
  const isWritten =
    condition.of === 'method' || (condition.of === 'path' && condition.test.match.type !== 'regex');
  return isWritten ? [condition.of] : undefined;
}
