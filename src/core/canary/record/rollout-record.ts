import type { ServiceId } from '../../ir/service-id.ts';

/**
 * The state of an attempt. `running`: the runner moves the weights. `paused`: waits for `resume`. `held`: waits for
 * somebody after a verdict. `rolling-back`: goes back to `from`. The other states are ends.
 */
export type AttemptState = 'running' | 'paused' | 'held' | 'rolling-back' | 'rolled-back' | 'promoted';

/** A command that somebody leaves from any machine; the runner takes it up. */
export interface RolloutCommand {
  readonly action: 'abort' | 'pause' | 'promote' | 'resume';
  /** True if all gates ahead are passed. */
  readonly full?: boolean;
  /** `user@host`. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * The stored record of a Rollout at one target, with the present weights. The record is written before the weights, so
 * weights that no record explains were changed by somebody else. Times are ISO 8601.
 */
export interface RolloutRecord {
  readonly formatVersion: string;
  /** `namespace/name` of the Rollout. */
  readonly rollout: string;
  readonly from: string;
  readonly to: string;
  /** The digest of everything that is judged (`judgedDigest`). */
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
   * The process that moves the weights; absent if no process does. `epoch` is the epoch of the lock under which the
   * process became the runner. Late journal lines of an earlier runner have a lower epoch.
   */
  readonly runner?: { readonly id: string; readonly holder: string; readonly epoch: number };
  /** Milliseconds of the attempt's past pauses. */
  readonly paused?: number;
  /** Begin of the present pause. */
  readonly pausedSince?: string;
  /**
   * Somebody has passed the gates of all steps at positions below this number; the promotion counts as one more step.
   */
  readonly passed?: number;
  /** The time, in seconds of the attempt, from which the deadline counts after a hold; absent: 0. */
  readonly deadlineFrom?: number;
  readonly wishes: readonly RolloutCommand[];
}

/** Returns true if the candidate may have a share, or if a runner may give it a share. */
export function isActive({ state }: Pick<RolloutRecord, 'state'>): boolean {
  return state !== 'rolled-back' && state !== 'promoted';
}
