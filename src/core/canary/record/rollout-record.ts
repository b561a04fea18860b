import type { ServiceId } from '../../ir/service-id.ts';

/**
 * The state of an attempt. `running` moves by itself; `paused` waits for `resume`, `held` for somebody after a verdict;
 * `rolling-back` has its way to `from` under way; the others have ended.
 */
export type AttemptState = 'running' | 'paused' | 'held' | 'rolling-back' | 'rolled-back' | 'promoted';

/** A wish of somebody at another machine, which the runner takes up. */
export interface RolloutWish {
  readonly action: 'abort' | 'pause' | 'promote' | 'resume';
  /** True if all gates ahead are passed. */
  readonly full?: boolean;
  /** `user@host`. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * The stored record of a Rollout at one target: what its weights are now. It is written before the weights, so weights
 * that no record explains are somebody else's. Times are ISO 8601.
 */
export interface RolloutRecord {
  readonly formatVersion: string;
  /** `namespace/name` of the Rollout. */
  readonly rollout: string;
  readonly from: string;
  readonly to: string;
  /** Digest of all that is judged: the Rollout, its versions and the rules that lead to its services. */
  readonly judged: string;
  /** Counts from 1. */
  readonly attempt: number;
  readonly state: AttemptState;
  /** Position of the step that is in force; -1 before the first. */
  readonly step: number;
  /** The candidate's share of each service, in per cent. */
  readonly weights: Readonly<Record<ServiceId, number>>;
  readonly began: string;
  /** Time of the last change of state or step. */
  readonly changed: string;
  /** The reason for the state, for people. */
  readonly reason?: string;
  /**
   * The process that moves the weights; absent if none does. `epoch` is that of the lock under which it became the
   * runner: the lines that a runner before it still writes into the journal have a lower one.
   */
  readonly runner?: { readonly id: string; readonly holder: string; readonly epoch: number };
  /** Milliseconds of the attempt's pauses that are over. */
  readonly paused?: number;
  /** Begin of the present pause. */
  readonly pausedSince?: string;
  /** Steps at positions below this may begin by somebody's word; the promotion counts as one more step. */
  readonly passed?: number;
  /** Seconds of the attempt at which the deadline began to run anew, after a hold; absent: 0. */
  readonly deadlineFrom?: number;
  readonly wishes: readonly RolloutWish[];
  /** Digest of the snapshot that a rollback applies. */
  readonly back?: string;
}

/** Returns true if the candidate may have a share, or a runner may give it one. */
export function isActive({ state }: Pick<RolloutRecord, 'state'>): boolean {
  return state !== 'rolled-back' && state !== 'promoted';
}
