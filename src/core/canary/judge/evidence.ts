import type { Sample } from './acceptance.ts';
import type { ShareCheck } from './share-check.ts';
import type { SlowSums } from './slow-lane.ts';

/** The numbers behind a verdict; docs/canary-judge.md has the formulas. Logarithms are natural. */
export interface Evidence {
  readonly candidate: ArmTotals;
  readonly baseline: ArmTotals;
  /** ln of the mean of all E of the fast lane, and the bound −ln(level). */
  readonly fast: { readonly logE: number; readonly bound: number };
  /** The highest ln E of the hold signal, and the bound. */
  readonly hold: { readonly logE: number; readonly bound: number };
  /** The looks at acceptance, and the level that all looks may spend together. */
  readonly acceptance: {
    readonly level: number;
    readonly looks: readonly { readonly at: number; readonly level: number; readonly accepted: boolean }[];
  };
  readonly parts: readonly PartEvidence[];
}

/** Requests, bad answers and slow requests of one arm since the attempt began. */
export interface ArmTotals {
  readonly requests: number;
  readonly errors: number;
  readonly slow?: number;
  readonly instances: number;
}

/** The numbers of one service in one target. */
export interface PartEvidence {
  readonly service?: string;
  readonly target?: string;
  /** The share of the candidate, in per cent. */
  readonly weight: number;
  /** Distinct minutes with requests of both arms. */
  readonly minutes: number;
  /** The number of periods before the first one of `periods`; the sums below include them. */
  readonly earlierPeriods: number;
  readonly periods: readonly PeriodEvidence[];
  readonly share: ShareCheck & { readonly logE: number; readonly bound: number; readonly confirmed: boolean };
  readonly criteria: readonly CriterionEvidence[];
  readonly custom: readonly {
    readonly name: string;
    readonly minutes: number;
    readonly sum: number;
    readonly variance: number;
    readonly bound: number;
    readonly crossed: boolean;
  }[];
}

/** The counts of a part within one minute and one weight: `bad` per criterion. The last period may still run. */
export interface PeriodEvidence {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly candidate: ArmPeriod;
  readonly baseline: ArmPeriod;
  /** Σ bad² / requests over the baseline's instances, per criterion. */
  readonly quotients: readonly number[];
  /** The same counts by serving instance, if the source has them. */
  readonly serving?: Pick<PeriodEvidence, 'candidate' | 'baseline' | 'quotients'>;
  /** The factor, per criterion, that tempers the evidence. */
  readonly dispersions: readonly number[];
}

/** The counts of one arm; `squares` is Σ requests² over its instances. */
export interface ArmPeriod {
  readonly requests: number;
  readonly bad: readonly number[];
  readonly instances: number;
  readonly squares: number;
}

/** The tests of one criterion. */
export interface CriterionEvidence {
  readonly criterion: 'errors' | 'latency';
  /** ln E of the fast lane and of the hold signal. */
  readonly fast: number;
  readonly hold: number;
  readonly slow: SlowSums & {
    readonly level: number;
    /** Absent before the slow lane looks. */
    readonly rho?: number;
    readonly bound?: number;
    readonly crossed: boolean;
  };
  readonly acceptance: {
    /** The share of bad requests that the goal forbids. */
    readonly worst: number;
    /** The present chance of so few bad requests, or fewer, at the share `worst`. */
    readonly tail: number;
    readonly now: Sample;
    /** The counts at the last look. */
    readonly look?: Sample;
  };
}
