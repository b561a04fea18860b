import type { Evidence } from './evidence.ts';

/**
 * The answer of the judge at one moment. `watching`: neither bad nor promotable yet; all other answers are those of
 * `mesh canary replay`.
 */
export interface Verdict {
  readonly verdict: 'watching' | 'pass' | 'fail' | 'hold' | 'inconclusive' | 'blind';
  /** The time of the last reading in the evidence, in seconds since the attempt began. */
  readonly at: number;
  readonly reason: { readonly code: ReasonCode; readonly message: string };
  /** The origin of the errors: the instances, the proxies between, or something behind both arms. Absent: unknown. */
  readonly blame?: 'application' | 'mesh' | 'dependency';
  readonly evidence: Evidence;
}

/** The closed set of reasons. */
export type ReasonCode =
  /** pass: the candidate meets the goal. */
  | 'accepted'
  /** fail: at least `atLeast` times worse; worse by less; too many slow requests; a bad custom metric. */
  | 'fast'
  | 'slow'
  | 'latency'
  | 'custom'
  /** hold: the requests are not divided as the weights say; the candidate looks worse, not yet surely. */
  | 'share'
  | 'suspicion'
  /** inconclusive: no request; too few requests; the goal isn't met by either arm; the steps need more time. */
  | 'traffic'
  | 'power'
  | 'goal'
  | 'time'
  /** blind: no readings; impossible counters; all counters reset; readings out of order; several series. */
  | 'source'
  | 'counters'
  | 'resets'
  | 'clock'
  | 'series';
