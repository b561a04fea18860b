import type { Reading } from './judge-state.ts';

/** Returns true if a counter is lower than before, so that all of them began anew. */
export function isReset(last: Reading | undefined, next: Reading | undefined): boolean {
  if (last === undefined || next === undefined) return false;
  return next.requests < last.requests || next.bad.some((count, k) => count < (last.bad[k] ?? 0));
}
