import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { settledOrLate } from '../../../src/core/run/settled-or-late.ts';
import type { Clock } from '../../../src/ports/clock.ts';

describe('a wait for a promise with a limit', () => {
  /** A clock that counts the sleeps which haven't ended. */
  const counted = (): { readonly clock: Clock; readonly asleep: () => number } => {
    let asleep = 0;
    const sleep: Clock['sleep'] = async (milliseconds, signal) => {
      asleep += 1;
      await systemClock.sleep(milliseconds, signal);
      asleep -= 1;
    };
    return { clock: { ...systemClock, sleep }, asleep: () => asleep };
  };
  const { signal } = new AbortController();

  test('ends with the promise, and leaves no sleep', async () => {
    const { clock, asleep } = counted();
    await settledOrLate(Promise.resolve(), 60_000, { clock, signal });
    await setImmediate();
    expect(asleep()).toBe(0);
  });

  test('leaves no sleep if the promise rejects', async () => {
    const { clock, asleep } = counted();
    const failing = settledOrLate(Promise.reject(new Error('no')), 60_000, { clock, signal });
    await expect(failing).rejects.toThrow('no');
    await setImmediate();
    expect(asleep()).toBe(0);
  });

  test('ends at the limit', async () => {
    const { clock } = counted();
    await settledOrLate(new Promise(() => undefined), 5, { clock, signal });
  });

  test('ends at the signal', async () => {
    const stopped = AbortSignal.abort();
    const { clock } = counted();
    await settledOrLate(new Promise(() => undefined), 60_000, { clock, signal: stopped });
  });
});
