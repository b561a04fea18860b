import { pathMatches } from '../ir/string-match.ts';
import type { Condition } from '../reach/condition.ts';

/** Method and normalised path of a request; its headers, query, token and address are left open. */
export interface Sample {
  readonly method: string;
  readonly path: string;
}

/** Returns true or false if a condition holds or fails for every request of a sample; undefined if that isn't sure. */
export function holdsForSample(condition: Condition, sample: Sample): boolean | undefined {
  if (typeof condition === 'boolean') return condition;
  if ('not' in condition) {
    const inner = holdsForSample(condition.not, sample);
    return inner === undefined ? undefined : !inner;
  }
  if ('all' in condition) return joint(condition.all, sample, false);
  if ('any' in condition) return joint(condition.any, sample, true);
  if (condition.of === 'method') return condition.methods.includes(sample.method);
  if (condition.of === 'unsafe') return false;
  if (condition.of !== 'path') return undefined;
  const { match, received } = condition.test;
  if (received.drop > 0 || received.prepend !== '' || match.type === 'regex') return undefined;
  return pathMatches(match, sample.path);
}

/** Returns `decisive` if one part is that, its opposite if all parts are the opposite, and otherwise undefined. */
function joint(parts: readonly Condition[], sample: Sample, decisive: boolean): boolean | undefined {
  let isSure = true;
  for (const part of parts) {
    const one = holdsForSample(part, sample);
    if (one === decisive) return decisive;
    if (one === undefined) isSure = false;
  }
  return isSure ? !decisive : undefined;
}
