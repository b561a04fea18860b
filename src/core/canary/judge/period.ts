/**
 * The counts of one part of a rollout within one minute and one weight. Every test is a function of the periods, so
 * that a verdict can be recomputed from them.
 */
export interface Period {
  /** Seconds since the attempt began. */
  readonly from: number;
  to: number;
  /** The share of the candidate, in per cent. */
  readonly weight: number;
  readonly candidate: ArmCounts;
  readonly baseline: ArmCounts;
  /** Σ bad² / requests over the baseline's instances, per criterion: the statistic of `addSpread`. */
  readonly quotients: number[];
  /** The factors, per criterion, that tempered the evidence of a whole period. Absent while it runs. */
  readonly dispersions?: readonly number[];
}

/** Counts of one arm. */
export interface ArmCounts {
  requests: number;
  /** Bad requests per criterion: errors, then slow requests if latency is judged. */
  readonly bad: number[];
  /** Instances with requests. */
  instances: number;
  /** Σ requests² over instances. */
  squares: number;
}

/** Returns counts of no requests. */
export function emptyArm(criteria: number): ArmCounts {
  return { requests: 0, bad: new Array<number>(criteria).fill(0), instances: 0, squares: 0 };
}

/** Returns a period without counts. */
export function emptyPeriod(from: number, weight: number, criteria: number): Period {
  return {
    from,
    to: from,
    weight,
    candidate: emptyArm(criteria),
    baseline: emptyArm(criteria),
    quotients: new Array<number>(criteria).fill(0),
  };
}
