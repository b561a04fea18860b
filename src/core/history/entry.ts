import type { Counts, ObjectOperation } from '../revision/object-operation.ts';

/** The command of a run; `canary` is a step of a Rollout, `certs rotate` renews certificates alone. */
export type RunCommand = 'apply' | 'rollback' | 'canary' | 'certs rotate';

/** A recorded run: it wrote something, or found nothing to write. Times are ISO 8601. */
export interface HistoryEntry {
  readonly formatVersion: string;
  /** ULID. */
  readonly id: string;
  /**
   * Epoch of the lock under which the run last wrote. Later runs have higher epochs, even if clocks were set back.
   * Absent before 1.2.
   */
  readonly epoch?: number;
  readonly command: RunCommand;
  readonly started: string;
  /** Absent if the run is under way or was killed. */
  readonly finished?: string;
  readonly outcome: HistoryOutcome;
  /** The reason why the run did not succeed. */
  readonly cause?: string;
  readonly actor: string;
  readonly commit?: string;
  /** True if the spec had uncommitted changes. */
  readonly dirty?: boolean;
  /** Tool and version, `mesh/1.2.3`. */
  readonly tool: string;
  readonly digests: { readonly spec: string; readonly compiled: string };
  readonly planId: string;
  readonly counts: Counts;
  readonly objects: readonly HistoryObject[];
  /** The entry that was applied before. */
  readonly parent?: string;
  /** The entry whose snapshot this run applied again. */
  readonly rollbackOf?: string;
  /** Number of times that the run was resumed. */
  readonly resumed?: number;
  /** The id of a later run that continued from the point where this run stopped. */
  readonly supersededBy?: string;
  readonly pinned?: boolean;
  /** Digest that names the snapshot. */
  readonly snapshot: string;
  /** A summary of later runs that found nothing to do. */
  readonly unchanged?: { readonly times: number; readonly last: string };
}

export type HistoryOutcome =
  | 'running'
  | 'succeeded'
  | 'incomplete'
  | 'unconfirmed'
  | 'failed'
  | 'refused'
  | 'interrupted'
  | 'superseded';

/** `before` and `after` are digests; absent if the object did not exist. */
export interface HistoryObject {
  readonly ref: string;
  readonly op: ObjectOperation;
  /** Position in the order of the run. */
  readonly wave?: number;
  readonly before?: string;
  readonly after?: string;
  readonly result: 'done' | 'not done';
}
