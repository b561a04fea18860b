import type { Part } from '../../evidence/stream-line.ts';

/** The settings of one rollout's judge, with all defaults applied. Shares are 0–1 unless said otherwise. */
export interface JudgePolicy {
  /** The share of requests that have to succeed (`judge.success.slo`), such as 0.99. */
  readonly slo: number;
  /** A request above `max` (ms) is slow; at most 1 − `quantile` (0–1) of the requests may be slow. */
  readonly latency?: { readonly quantile: number; readonly max: number };
  readonly custom: readonly { readonly name: string; readonly direction: 'increase' | 'decrease' }[];
  /** The accepted chance that all tests together roll back a healthy candidate. */
  readonly wrongRollback: number;
  /** The accepted chance that a candidate worse than the goal is promoted. */
  readonly wrongPromotion: number;
  /** The relative risk that the fast lane refutes. */
  readonly atLeast: number;
  readonly steps: readonly JudgeStep[];
  readonly pace: 'evidence' | 'fixed';
  readonly affinity: 'none' | 'session';
  /**
   * The meaning of a weight: `split` divides requests, `at-least` divides those that no `match` sends to the
   * candidate, `mirror` copies requests, `unchecked` says nothing about shares (A/B by headers).
   */
  readonly share: 'split' | 'at-least' | 'mirror' | 'unchecked';
  readonly on: {
    readonly fail: Reaction;
    readonly inconclusive: Reaction;
    readonly blind: Reaction;
  };
  /** The longest time of one attempt, in seconds. */
  readonly deadline: number;
  /** The time between two readings, in seconds. */
  readonly interval: number;
  /**
   * All services and targets that one verdict covers; their lines carry the same names. An empty list means one part
   * without a name.
   */
  readonly parts: readonly Part[];
}

/** A step of a rollout: `weight` in per cent (0–100), `hold` in seconds. */
export interface JudgeStep {
  readonly weight: number;
  readonly hold?: number;
}

/** The reaction to a verdict. */
export type Reaction = 'rollback' | 'hold';
