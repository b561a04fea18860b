import type { Arm } from '../../evidence/stream-line.ts';
import type { Sample } from './acceptance.ts';
import type { SpreadSums } from './dispersion.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { ArmCounts, Period } from './period.ts';
import type { ShareCheck } from './share-check.ts';
import type { SlowSums } from './slow-lane.ts';

/** All that the judge knows: plain data, whose size grows with instances and not with readings. */
export interface JudgeState {
  readonly policy: JudgePolicy;
  /** The time of the latest line, in seconds since the attempt began. */
  now: number;
  /** False before the first line. */
  began: boolean;
  /** In the order of the policy's parts. */
  readonly parts: readonly PartState[];
  readonly acceptance: AcceptanceState;
}

/** One service in one target. */
export interface PartState {
  readonly service?: string;
  readonly target?: string;
  weight: number;
  /** The lowest weight above 0 so far: sessions may still be divided like that. */
  lowestWeight: number;
  /** Instances by arm and name, see `instanceKey`. */
  instances: Record<string, InstanceState>;
  readonly arms: Readonly<Record<Arm, ArmState>>;
  /** Keys of the instances that the current reading has brought. */
  pending: string[];
  /** The time of the last complete reading; before the first, that of the first line. */
  completeAt: number;
  /** The requests since then, over the whole span and by instances that were there from its beginning to its end. */
  span: Span;
  /** The shortest time between two readings of an instance, in seconds; 0 before it is known. */
  gap: number;
  trouble?: { readonly t: number; readonly cause: Trouble };
  period: Period;
  /** Whole periods, the latest last; earlier ones are only in the sums. */
  closed: Period[];
  /** The number of whole periods, and of the minutes in which those with requests of both arms began. */
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
  /** False if the weight changed in between. */
  isEven: boolean;
}

/** A cause why a reading isn't evidence. */
export type Trouble = 'source' | 'counters' | 'resets' | 'clock' | 'series';

/** One instance of an arm. */
export interface InstanceState {
  readonly arm: Arm;
  readonly side?: 'server';
  last?: Reading;
  /** The reading of the current time, which `endReading` compares with the last one. */
  next?: Reading;
  /** True if the current time has brought two different readings. */
  conflict: boolean;
  /** The time since which readings of this instance fail, and the latest failure. */
  failing?: { readonly since: number; readonly at: number };
  /** False if the instance hasn't been seen for long. */
  live: boolean;
  /** The beginnings of the latest span in which it was seen, and of the latest that it covers from its beginning. */
  seen?: number;
  span?: number;
  /** Requests and bad requests within the period of this index. */
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
  /** The counts of serving instances, whose errors are the application's own; not judged. */
  readonly serving: ArmCounts;
  /** Instances that are live, and those seen since the last complete reading. */
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

/** A custom metric: sums of the current minute, and of the differences of whole minutes. */
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
  /** The level that is spent. */
  spent: number;
  /** The candidate's requests at the last look. */
  requests: number;
  /** The answer of the last look. */
  accepted: boolean;
  /** The counts of the last look, by part and criterion. */
  samples: readonly (readonly Sample[])[];
}
