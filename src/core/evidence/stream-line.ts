/** One of the two versions that a rollout compares: `from` is the baseline, `to` the candidate. */
export type Arm = 'baseline' | 'candidate';

/**
 * One line of recorded evidence; the NDJSON of `mesh canary replay` has the same shape. `t` is seconds since the
 * rollout's attempt began. All lines of one reading carry the same `t`.
 */
export type StreamLine = Scrape | ShareChange | FailedScrape | MetricValue;

/**
 * A part of a rollout over several services or targets. An absent field means the only service or target, or all of
 * them.
 */
export interface Part {
  readonly service?: string;
  readonly target?: string;
}

/** Counters of one instance, cumulative since the instance started. */
export interface Scrape extends Part {
  readonly t: number;
  readonly arm: Arm;
  readonly instance: string;
  /**
   * `server`: the instance serves, and its counters show the answers of its application. Absent: the instance calls,
   * and its counters are judged.
   */
  readonly side?: 'server';
  readonly requests: number;
  /** Bad answers as the callers' proxies count them. */
  readonly errors: number;
  readonly latency?: LatencyCounts;
}

/** A histogram: `counts` are per bucket, one more than `bounds`; the last is above the highest bound (ms). */
export interface LatencyCounts {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** The share of the candidate that holds from `t` on, in per cent (0–100). */
export interface ShareChange extends Part {
  readonly t: number;
  readonly weight: number;
}

/** A failed reading of one instance, of an arm, or of all. */
export interface FailedScrape extends Part {
  readonly t: number;
  readonly failed: true;
  readonly arm?: Arm;
  readonly instance?: string;
  /** `server`: only counters of serving instances are missing, which are not judged. */
  readonly side?: 'server';
  /**
   * The cause: no answer, several series where one is expected, impossible values, or a clock that differs. Absent:
   * `unreachable`.
   */
  readonly cause?: 'unreachable' | 'series' | 'counters' | 'clock';
  /** The cause in words for people. */
  readonly why?: string;
}

/** The value of a custom metric for one arm. */
export interface MetricValue extends Part {
  readonly t: number;
  readonly arm: Arm;
  readonly metric: string;
  readonly value: number;
}
