import type { JudgePolicy } from '../../../src/core/canary/judge/judge-policy.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { policy } from './policy.ts';
import type { End } from './run-cell.ts';

/** A promise about the judge on one kind of stream. */
export interface Bar {
  readonly name: string;
  readonly scenario: Scenario;
  readonly policy?: JudgePolicy;
  /** The measured number of a set of runs. */
  readonly measure: Measure;
  readonly most?: number;
  readonly least?: number;
  /** True if the number is named, and nothing is promised. */
  readonly isOnlyNamed?: boolean;
}

/** A number of a set of runs: a share in per cent, or a median in seconds. */
export interface Measure {
  readonly unit: '%' | 's';
  readonly of: (ends: readonly End[]) => number;
}

const share = (is: (end: End) => boolean): Measure => ({
  unit: '%',
  of: (ends) => (100 * ends.filter(is).length) / ends.length,
});

const failed = share(({ verdict }) => verdict === 'fail');
const promoted = share(({ verdict }) => verdict === 'pass');
const promotedBy = (minute: number): Measure =>
  share(({ verdict, at }) => verdict === 'pass' && at <= minute * 60);

/** The median time to `fail` since second `from`; a run without is infinitely late, one before is left out. */
const median = (from = 0): Measure => ({
  unit: 's',
  of: (ends) => {
    const times = ends
      .filter(({ verdict, at }) => !(verdict === 'fail' && at <= from))
      .map(({ verdict, at }) => (verdict === 'fail' ? at - from : Number.POSITIVE_INFINITY))
      .sort((a, b) => a - b);
    return times[times.length >> 1] ?? Number.POSITIVE_INFINITY;
  },
});

const times = (factor: number, from = 0) => ({
  worse: (t: number) => (t >= from ? factor : 1),
});
const bursts = 0.5;
const outage = (t: number) => (t >= 300 && t < 600 ? 0.3 : 0);

/** A rollout that stays at 10 % for the whole hour, so that a late regression is met before promotion. */
const long: JudgePolicy = { ...policy, steps: [{ weight: 10, hold: 3600 }, { weight: 100 }] };

const cells = (rates: readonly number[], bar: (rps: number) => Bar): Bar[] => rates.map(bar);

/** All bars but those of the share check. */
export const bars: readonly Bar[] = [
  ...cells([2, 5, 20, 100, 1000], (rps) => ({
    name: `healthy is rolled back, ${rps} rps`,
    scenario: { rps },
    measure: failed,
    most: 1,
  })),
  ...cells([2, 5, 20, 100, 1000], (rps) => ({
    name: `healthy for an hour is rolled back, ${rps} rps`,
    scenario: { rps },
    policy: long,
    measure: failed,
    most: 1,
  })),
  ...cells([20, 100, 1000], (rps) => ({
    name: `outage in both arms rolls back, ${rps} rps`,
    scenario: { rps, outage },
    measure: failed,
    most: 1,
  })),
  ...cells([20, 100, 1000], (rps) => ({
    name: `healthy with bursts is rolled back, ${rps} rps`,
    scenario: { rps, bursts },
    policy: long,
    measure: failed,
    most: 5,
  })),
  { name: '10x is found, 100 rps', scenario: { rps: 100, ...times(10) }, measure: median(), most: 90 },
  { name: '25x is found, 100 rps', scenario: { rps: 100, ...times(25) }, measure: median(), most: 30 },
  ...[12, 40].map(
    (minute): Bar => ({
      name: `10x from minute ${minute} is found, 100 rps`,
      scenario: { rps: 100, ...times(10, minute * 60) },
      policy: long,
      measure: median(minute * 60),
      most: 180,
    }),
  ),
  ...cells([20, 100, 1000], (rps) => ({
    name: `10x with bursts is promoted, ${rps} rps`,
    scenario: { rps, bursts, ...times(10) },
    measure: promoted,
    most: 2,
  })),
  ...cells([20, 100, 1000], (rps) => ({
    name: `a candidate at the SLO is promoted, ${rps} rps`,
    scenario: { rps, ...times(5) },
    measure: promoted,
    most: 5,
  })),
  ...cells([20, 100, 1000], (rps) => ({
    name: `a candidate at the SLO with bursts is promoted, ${rps} rps`,
    scenario: { rps, bursts, ...times(5) },
    measure: promoted,
    most: 5,
    isOnlyNamed: rps === 20,
  })),
  ...cells([20, 100, 1000], (rps) => ({
    name: `healthy is promoted by minute ${rps === 20 ? 16 : 10}, ${rps} rps`,
    scenario: { rps },
    measure: promotedBy(rps === 20 ? 16 : 10),
    least: 95,
  })),
  ...cells([20, 100, 1000], (rps) => ({
    name: `healthy with bursts is promoted by minute 10, ${rps} rps`,
    scenario: { rps, bursts },
    measure: promotedBy(10),
    least: 95,
    isOnlyNamed: true,
  })),
  ...cells([2, 5, 20], (rps) => ({
    name: `without requests of the candidate a verdict is reached, ${rps} rps`,
    scenario: { rps, shareError: 0 },
    measure: share(({ verdict }) => verdict === 'pass' || verdict === 'fail'),
    most: 0,
  })),
  ...cells([20, 100], (rps) => ({
    name: `healthy with lost readings and restarts is rolled back, ${rps} rps`,
    scenario: { rps, lost: 0.1, restarts: 0.02 },
    policy: long,
    measure: failed,
    most: 1,
  })),
];
