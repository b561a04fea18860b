import type { Clock } from '../../ports/clock.ts';

/**
 * Waits for a promise, but for `limit` milliseconds at most, and no longer than until the signal. Leaves no timer, which
 * would keep the process from ending.
 */
export async function settledOrLate(
  promise: Promise<unknown>,
  limit: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([promise, clock.sleep(limit, AbortSignal.any([signal, over.signal]))]);
  } finally {
    over.abort();
  }
}
