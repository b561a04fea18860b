import type { Reading } from './judge-state.ts';

/** Returns true if a counter is lower than before: the instance has then reset all its counters. */
export function isReset(last: Reading | undefined, next: Reading | undefined): boolean {
  if (last === undefined || next === undefined) return false;
  return next.requests < last.requests || next.bad.some((count, k) => count < (last.bad[k] ?? 0));
}
