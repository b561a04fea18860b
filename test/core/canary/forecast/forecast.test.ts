import { describe, expect, test } from 'vitest';
import { factors, forecastRollout } from '../../../../src/core/canary/forecast/forecast-rollout.ts';
import { timeToFailure } from '../../../../src/core/canary/forecast/time-to-failure.ts';
import type { JudgePolicy } from '../../../../src/core/canary/judge/judge-policy.ts';
import { Replay } from '../../../../src/core/canary/replay/replay.ts';
import { Random } from '../../../canary/simulator/random.ts';
import { stream } from '../../../canary/simulator/stream.ts';

const policy: JudgePolicy = {
  slo: 0.99,
  custom: [],
  wrongRollback: 0.01,
  wrongPromotion: 0.05,
  atLeast: 3,
  steps: [{ weight: 1 }, { weight: 10 }, { weight: 100 }],
  pace: 'evidence',
  affinity: 'none',
  share: 'split',
  on: { fail: 'rollback', inconclusive: 'hold', blind: 'hold' },
  deadline: 1800,
  interval: 15,
  parts: [],
};

const traffic = (perSecond: number, bad = 0.002) => ({ perSecond, bad, slow: 0, callers: 2 });

/** The median time of the verdict in 200 attempts of another simulator, with ten baseline instances and other seeds. */
function observed(rps: number, weight: number, factor: number): number {
  const times = Array.from({ length: 200 }, (_, index) => {
    const steps = [{ weight }, { weight: 100 }];
    const replay = new Replay({ ...policy, steps });
    const scenario = { rps, weight, worse: () => factor, interval: policy.interval, length: policy.deadline };
    for (const lines of stream(scenario, new Random('forecast', index)))
      for (const line of lines) if (replay.verdict === undefined) replay.take(line);
    const verdict = replay.end();
    return verdict.verdict === 'fail' ? verdict.at : Infinity;
  });
  return times.sort((one, other) => one - other)[100] ?? Infinity;
}

describe('the forecast against what happens in another simulator', () => {
  // Readings come every 15 s: below a minute the grid is coarse.
  test.each([
    [20, 10, 25],
    [20, 10, 10],
    [100, 1, 10],
    [100, 10, 10],
    [100, 10, 3],
    [1000, 10, 2],
  ])(
    'at %d requests a second and %d per cent, a candidate that fails %d times as often',
    (rps, weight, factor) => {
      const foreseen = timeToFailure(policy, traffic(rps), weight, factor) ?? Infinity;
      const happened = observed(rps, weight, factor);
      expect(Math.abs(foreseen - happened)).toBeLessThanOrEqual(Math.max(0.3 * happened, policy.interval));
    },
  );

  test('what is foreseen as never found is found in less than half of the attempts', () => {
    expect(timeToFailure(policy, traffic(2), 10, 2)).toBeUndefined();
    expect(observed(2, 10, 2)).toBe(Infinity);
  });
});

describe('a forecast', () => {
  test('has each step below 100 % and each factor, larger ones sooner', () => {
    const { steps, promoted } = forecastRollout(policy, traffic(100));
    expect(steps.map(({ weight }) => weight)).toEqual([1, 10]);
    for (const { finds } of steps) {
      expect(finds.map(({ factor }) => factor)).toEqual([...factors]);
      const seconds = finds.map((one) => one.seconds ?? Infinity);
      expect(seconds).toEqual([...seconds].sort((one, other) => one - other));
    }
    // Acceptance needs ten distinct minutes.
    expect(promoted).toBeGreaterThanOrEqual(600);
    expect(steps[0]!.takes! + steps[1]!.takes!).toBe(promoted);
  });

  test('without traffic nothing is found, and nothing promoted', () => {
    expect(forecastRollout(policy, traffic(0))).toEqual({
      steps: [1, 10].map((weight) => ({ weight, finds: factors.map((factor) => ({ factor })) })),
    });
  });

  test('is the same each time', () => {
    expect(forecastRollout(policy, traffic(1000))).toEqual(forecastRollout(policy, traffic(1000)));
  });
});
