import type { Arm } from '../../evidence/stream-line.ts';
import type { Sample } from './acceptance.ts';
import type { SpreadSums } from './dispersion.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { ArmCounts, Period } from './period.ts';
import type { ShareCheck } from './share-check.ts';
import type { SlowSums } from './slow-lane.ts';

/**
 * The state of the judge: plain data, whose size grows with the number of instances and not with the number of
 * readings.
 */
export interface JudgeState {
  readonly policy: JudgePolicy;
  /** The time of the latest line, in seconds since the attempt began. */
  now: number;
  /** False before the first line. */
  began: boolean;
  /** The parts, in the order of the policy. */
  readonly parts: readonly PartState[];
  readonly acceptance: AcceptanceState;
}

/** One service in one target. */
export interface PartState {
  readonly service?: string;
  readonly target?: string;
  weight: number;
  /** The lowest weight above 0 so far: some sessions may still be divided by this weight. */
  lowestWeight: number;
  /** Instances by arm and name, see `instanceKey`. */
  instances: Record<string, InstanceState>;
  readonly arms: Readonly<Record<Arm, ArmState>>;
  /** Keys of the instances that the current reading has brought. */
  pending: string[];
  /** The time of the last complete reading, or of the first line before any complete reading. */
  completeAt: number;
  /** The requests since `completeAt`, of instances that were read at the beginning and at the end of the span. */
  span: Span;
  /** The shortest time between two readings of an instance, in seconds; 0 before it is known. */
  gap: number;
  trouble?: { readonly t: number; readonly cause: Trouble };
  period: Period;
  /** The last closed periods, the latest last; earlier periods are only in the sums. */
  closed: Period[];
  /**
   * `periods` is the number of closed periods; `minutes` is the number of minutes in which periods with requests of
   * both arms began.
   */
  periods: number;
  minutes: number;
  lastMinute: number;
  readonly criteria: readonly CriterionState[];
  share: ShareCheck;
  readonly custom: readonly CustomState[];
}

/** Requests between two complete readings. */
export interface Span {
  readonly requests: Record<Arm, number>;
  /** Instances with readings at both ends. */
  readonly covered: Record<Arm, number>;
  /** False if the weight changed within the span. */
  isEven: boolean;
}

/** The cause for which a reading isn't evidence. */
export type Trouble = 'source' | 'counters' | 'resets' | 'clock' | 'series';

/** One instance of an arm. */
export interface InstanceState {
  readonly arm: Arm;
  readonly side?: 'server';
  last?: Reading;
  /** The reading of the current time, which `endReading` compares with `last`. */
  next?: Reading;
  /** True if the current time has brought two different readings. */
  conflict: boolean;
  /** The times of the first and the latest of the consecutive failed readings of this instance. */
  failing?: { readonly since: number; readonly at: number };
  /** False if the instance has had no reading for longer than `sightLimit`. */
  live: boolean;
  /**
   * `seen` is the beginning of the latest span in which the instance was seen; `span` is that of the latest span that
   * the instance covers from its beginning.
   */
  seen?: number;
  span?: number;
  /** Requests and bad requests of the instance within the period with this index. */
  cell: { period: number; requests: number; bad: number[] };
}

/** Cumulative counters at one time: `bad` per criterion. */
export interface Reading {
  readonly t: number;
  readonly requests: number;
  readonly bad: readonly number[];
}

/** Sums of one arm since the attempt began. */
export interface ArmState {
  readonly totals: ArmCounts;
  /** The counts of serving instances, whose errors are the application's own. The judge tests none of them. */
  readonly serving: ArmCounts;
  /** `live` is the number of live instances, `seen` of those seen since the last complete reading. */
  live: number;
  seen: number;
  /** True as soon as a reading had a latency histogram. */
  hasLatency: boolean;
}

/** The tests of one criterion (errors, slow requests) over whole periods. */
export interface CriterionState {
  fast: number[];
  hold: number[];
  slow: SlowSums;
  spread: SpreadSums;
  /** ρ of the slow lane, fixed when it begins to look. */
  rho?: number;
  /** ln E with the current period, at the last complete reading. */
  fastNow: number;
  holdNow: number;
  slowCrossed: boolean;
}

/** The sums of a custom metric: of the current minute, and of the differences of closed minutes. */
export interface CustomState {
  minute: number;
  candidate: { sum: number; count: number };
  baseline: { sum: number; count: number };
  count: number;
  sum: number;
  squares: number;
  scale: number;
  crossed: boolean;
}

/** The acceptance test. */
export interface AcceptanceState {
  readonly looks: { readonly at: number; readonly level: number; readonly accepted: boolean }[];
  /** The level that the looks so far have spent. */
  spent: number;
  /** The candidate's requests at the last look. */
  requests: number;
  /** The answer of the last look. */
  accepted: boolean;
  /** The counts of the last look, by part and criterion. */
  samples: readonly (readonly Sample[])[];
}
