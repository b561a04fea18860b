/**
 * The counts of one part of a rollout within one minute and one weight. Every test is a function of the periods, so
 * that a verdict can be recomputed from them.
 */
export interface Period extends Counted {
  /** Seconds since the attempt began. */
  readonly from: number;
  to: number;
  /** The share of the candidate, in per cent. */
  readonly weight: number;
  /** The counts by serving instance, if the source has them: they show how errors come in bursts. */
  serving?: Counted;
  /** The factor, per criterion, that tempered the evidence of the period. Absent while the period runs. */
  readonly dispersions?: readonly number[];
}

/** Counts of both arms. */
export interface Counted {
  readonly candidate: ArmCounts;
  readonly baseline: ArmCounts;
  /** Σ bad² / requests over the baseline's instances, per criterion: the statistic of `addSpread`. */
  readonly quotients: number[];
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
  return { from, to: from, weight, ...emptyCounted(criteria) };
}

/** Returns counts of both arms without requests. */
export function emptyCounted(criteria: number): Counted {
  return {
    candidate: emptyArm(criteria),
    baseline: emptyArm(criteria),
    quotients: new Array<number>(criteria).fill(0),
  };
}

/**
 * Returns the counts that show how errors spread over instances: those of serving instances if enough instances serve,
 * else those of callers.
 */
export function spreadCounts(period: Pick<Period, keyof Counted | 'serving'>, criterion: number): Counted {
  const { serving } = period;
  return criterion === 0 && serving !== undefined && serving.baseline.instances > 1 ? serving : period;
}
