import { expect, test } from 'vitest';
import { undisturbed } from './harness/undisturbed.ts';

/** Returns a measurement with these differences, one after the other, and the number of times that it ran. */
function measurement(...results: readonly (readonly string[])[]) {
  const run = { times: 0 };
  const measure = (): Promise<readonly string[]> => Promise.resolve(results[run.times++] ?? ['beyond']);
  return { run, measure };
}

test.each([
  { name: 'a proxy that differs each time', results: [['a'], ['b'], ['c']], found: ['c'], times: 3 },
  { name: 'a machine that was busy once', results: [['a'], []], found: [], times: 2 },
  { name: 'no difference', results: [[]], found: [], times: 1 },
])('$name', async ({ results, found, times }) => {
  const { run, measure } = measurement(...results);
  expect(await undisturbed(measure)).toEqual(found);
  expect(run.times).toBe(times);
});

test('a difference that nothing disturbed counts at once', async () => {
  const { run, measure } = measurement(['a'], []);
  expect(await undisturbed(measure, () => false)).toEqual(['a']);
  expect(run.times).toBe(1);
});

test('a process that waits for a core measures up to eight times', async () => {
  const { run, measure } = measurement(...Array.from({ length: 8 }, (_, i) => [String(i + 1)]));
  const delayed = (): Promise<readonly string[]> => {
    const end = performance.now() + 150;
    while (performance.now() < end);
    return measure();
  };
  expect(await undisturbed(delayed)).toEqual(['8']);
  expect(run.times).toBe(8);
});
