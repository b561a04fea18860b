import { describe, expect, test } from 'vitest';
import type { JudgePolicy } from '../../../../src/core/canary/judge/judge-policy.ts';
import type { Verdict } from '../../../../src/core/canary/judge/verdict.ts';
import { Replay } from '../../../../src/core/canary/replay/replay.ts';
import type { Scrape, StreamLine } from '../../../../src/core/evidence/stream-line.ts';
import { policy } from '../../../canary/bars/policy.ts';
import { blameOf, blindnessOf, customSums, type Line } from '../../../canary/recompute/recompute-stream.ts';
import { Random } from '../../../canary/simulator/random.ts';
import type { Scenario } from '../../../canary/simulator/scenario.ts';
import { stream } from '../../../canary/simulator/stream.ts';

function linesOf(scenario: Scenario, seed: number): readonly StreamLine[] {
  return [...stream(scenario, new Random('recompute-stream', seed))].flat();
}

function judged(lines: readonly StreamLine[], how: JudgePolicy = policy): Verdict {
  const replay = new Replay(how);
  for (const line of lines) {
    replay.take(line);
    if (replay.verdict !== undefined) break;
  }
  return replay.end();
}

/** Returns the lines with each scrape of the candidate, or of both arms, replaced. */
function changed(
  lines: readonly StreamLine[],
  change: (line: Scrape) => readonly StreamLine[],
  arms: readonly string[] = ['candidate'],
): readonly StreamLine[] {
  return lines.flatMap((line) => ('requests' in line && arms.includes(line.arm) ? change(line) : [line]));
}

describe('a custom metric is recomputed from its values', () => {
  const metric = { name: 'orders', direction: 'decrease' } as const;
  const how: JudgePolicy = { ...policy, custom: [metric] };

  test.each([
    ['the same', 50],
    ['a tenth lower', 45],
    ['a third lower', 33],
  ])('%s', (_, mean) => {
    for (let seed = 0; seed < 4; seed++) {
      const random = new Random('metric', seed);
      const lines = linesOf({ rps: 100 }, seed).flatMap((line): readonly StreamLine[] => {
        if (!('requests' in line) || line.arm !== 'candidate') return [line];
        const value = (arm: 'candidate' | 'baseline', of: number): StreamLine => ({
          ...{ t: line.t, arm, metric: 'orders' },
          value: of * (1 + 0.1 * random.normal()),
        });
        return [line, value('candidate', mean), value('baseline', 50)];
      });
      const verdict = judged(lines, how);
      const [shown] = verdict.evidence.parts[0]?.custom ?? [];
      const found = customSums(lines, metric, {
        ...{ wrongRollback: how.wrongRollback, tests: 2, until: verdict.at },
      });
      expect(found.minutes).toBe(shown?.minutes);
      for (const key of ['sum', 'variance', 'bound'] as const)
        expect(found[key]).toBeCloseTo(shown?.[key] ?? NaN, 9);
      expect(found.crossed).toBe(verdict.verdict === 'fail' && verdict.reason.code === 'custom');
    }
  });
});

describe('the blame is recomputed from the counters', () => {
  const serving =
    (errors: (line: Scrape) => number) =>
    (line: Scrape): readonly StreamLine[] => [line, { ...line, side: 'server', errors: errors(line) }];
  const cases: Readonly<Record<string, (seed: number) => readonly StreamLine[]>> = {
    application: (seed) =>
      changed(
        linesOf({ rps: 100, worse: () => 10 }, seed),
        serving(({ errors }) => errors),
      ),
    mesh: (seed) =>
      changed(
        linesOf({ rps: 100, worse: () => 10 }, seed),
        serving(({ errors }) => errors * 0.3),
      ),
    'one side': (seed) => linesOf({ rps: 100, worse: () => 10, restarts: 0.01 }, seed),
    dependency: (seed) => linesOf({ rps: 100, errors: 0.05 }, seed),
    healthy: (seed) => linesOf({ rps: 100 }, seed),
  };

  test.each(Object.entries(cases))('%s', (_, linesOfSeed) => {
    for (let seed = 0; seed < 4; seed++) {
      const lines = linesOfSeed(seed);
      const verdict = judged(lines);
      expect(verdict.blame).toBe(blameOf(lines as readonly Line[], verdict, policy.slo));
    }
  });

  test('the tests above cover each blame', () => {
    const found = Object.values(cases).map((lines) => judged(lines(0)).blame);
    expect(new Set(found)).toEqual(new Set(['application', 'mesh', 'dependency', undefined]));
  });
});

describe('the reason of blindness is recomputed from the readings', () => {
  const good = (seed: number) => linesOf({ rps: 100, length: 900 }, seed);
  const after = (line: Scrape): boolean => line.t > 300;
  const cases: Readonly<Record<string, (seed: number) => readonly StreamLine[]>> = {
    none: good,
    source: (seed) => changed(good(seed), ({ t, arm, instance }) => [{ t, failed: true, arm, instance }]),
    'source later': (seed) =>
      changed(good(seed), (line) =>
        after(line) ? [{ t: line.t, failed: true, arm: line.arm, instance: line.instance }] : [line],
      ),
    counters: (seed) => changed(good(seed), (line) => [after(line) ? { ...line, errors: -1 } : line]),
    'more errors than requests': (seed) =>
      changed(good(seed), (line) => [after(line) ? { ...line, errors: line.requests + 1 } : line]),
    series: (seed) => changed(good(seed), (line) => [line, { ...line, requests: line.requests + 7 }]),
    clock: (seed) => changed(good(seed), (line) => [{ ...line, t: Math.max(0, line.t - 60) }]),
    resets: (seed) =>
      changed(good(seed), (line) => [{ ...line, requests: 10_000 - line.t, errors: 1 }], [
        'candidate',
        'baseline',
      ]),
  };

  test.each(Object.entries(cases))('%s', (_, linesOfSeed) => {
    for (let seed = 0; seed < 4; seed++) {
      const lines = linesOfSeed(seed);
      const { verdict, reason, at } = judged(lines);
      const found = blindnessOf(lines, at, policy.interval);
      expect(found).toBe(verdict === 'blind' ? reason.code : undefined);
    }
  });

  test('the tests above cover each reason', () => {
    const codes = Object.values(cases).map((lines) => judged(lines(0)).reason.code);
    expect(new Set(codes)).toEqual(new Set(['accepted', 'source', 'counters', 'series', 'clock', 'resets']));
  });
});
