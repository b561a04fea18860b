/**
 * The place where an output keeps its lock: a text record for each epoch; only the record with the highest epoch
 * counts. A directory has a file for each epoch; an output with compare-and-swap has one record, and each new holder
 * raises its epoch.
 *
 * The place does not stop other writers. The holder of a lock asks `epochs` before each write, and stops if there is a
 * higher epoch.
 */
export interface LockPlace {
  /** Returns the epochs of the existing records, oldest first. */
  epochs(): Promise<readonly number[]>;
  /** Returns the record of an epoch; undefined if there is none. */
  read(epoch: number): Promise<string | undefined>;
  /**
   * Creates the record of an epoch; returns false if the epoch has a record. Exactly one of several callers succeeds.
   */
  create(epoch: number, text: string): Promise<boolean>;
  /** Replaces the record of an epoch that this process holds: for a heartbeat, or to release the lock. */
  replace(epoch: number, text: string): Promise<void>;
  /** Removes the records of earlier epochs, and leftovers of interrupted writes of records up to this epoch. */
  removeBefore(epoch: number): Promise<void>;
  /** Names the record of an epoch for people. */
  place(epoch: number): string;
}
