import { describe, expect, test } from 'vitest';
import { flagger } from '../peers/flagger.ts';
import { isHigh } from '../peers/kayenta.ts';
import { type Bar, bars } from './bars.ts';
import { policy } from './policy.ts';
import { runCell } from './run-cell.ts';

/** Few runs: `npm run canary:bars` has a thousand. */
const runs = 60;

/** Returns the most counts out of `runs` that chance allows at a rate of `percent`: three standard deviations above. */
function allowed(percent: number): number {
  const p = percent / 100;
  return runs * p + 3 * Math.sqrt(runs * p * (1 - p)) + 1;
}

function isWithin({ measure, most, least, name }: Bar, value: number): boolean {
  if (measure.unit === 's') return value <= (most ?? 0) + (name.includes('10x is found') ? 15 : 0);
  const count = (value / 100) * runs;
  if (most !== undefined) return most === 0 ? count === 0 : count <= allowed(most);
  return runs - count <= allowed(100 - (least ?? 0));
}

/** Cells that cost much and tell little more than those of 100 requests a second. */
const costly = /for an hour|\b(2|5) rps|(outage|bursts is rolled back|lost readings).* (20|1000) rps/;

const quick = bars.filter(({ isOnlyNamed, name }) => isOnlyNamed !== true && !costly.test(name));

describe('the bars hold in a few runs', () => {
  test.each(quick.map((bar) => [bar.name, bar] as const))('%s', (name, bar) => {
    const ends = runCell(bar.scenario, bar.policy ?? policy, `short ${name}`, runs);
    expect(bar.measure.of(ends)).toSatisfy((value: number) => isWithin(bar, value));
  });
});

describe('the judges beside ours', () => {
  const minute = (errors: number) => ({
    candidate: { requests: 100, errors },
    baseline: { requests: 900, errors: 0 },
  });

  test('Flagger rolls back at the fifth failed check, which a success does not reset', () => {
    const judge = flagger();
    const answers = [2, 0, 2, 2, 2].map((errors) => judge.minute(minute(errors)));
    expect(answers).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(judge.minute(minute(2))).toBe('fail');
  });

  test('Flagger counts a minute without requests as failed', () => {
    const judge = flagger();
    const silent = { candidate: { requests: 0, errors: 0 }, baseline: { requests: 900, errors: 0 } };
    expect([1, 2, 3, 4, 5].map(() => judge.minute(silent)).at(-1)).toBe('fail');
  });

  test('Kayenta finds samples that do not overlap, and nothing in equal ones', () => {
    expect(isHigh([15, 16, 17, 18, 19], [1, 2, 3, 4, 5])).toBe(true);
    expect(isHigh([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])).toBe(false);
    expect(isHigh([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBe(false);
  });
});
