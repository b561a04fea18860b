/**
 * The place where an output keeps its lock: one record of text an epoch, of which the highest counts. A directory has a
 * file an epoch; an output with compare-and-swap has one record, whose epoch each taking raises.
 *
 * The place does not stop other writers. The holder of a lock asks `epochs` before each write, and stops if there is a
 * higher epoch.
 */
export interface LockPlace {
  /** Returns the epochs of the records that are there, oldest first. */
  epochs(): Promise<readonly number[]>;
  /** Returns the record of an epoch; undefined if there is none. */
  read(epoch: number): Promise<string | undefined>;
  /** Makes the record of an epoch that has none; returns false if somebody else was faster. Exactly one of several wins. */
  create(epoch: number, text: string): Promise<boolean>;
  /** Exchanges the record of an epoch that this process holds: a heartbeat, or the release. */
  replace(epoch: number, text: string): Promise<void>;
  /** Removes the records of earlier epochs, and leftovers of interrupted writes of records up to this epoch. */
  removeBefore(epoch: number): Promise<void>;
  /** Names the record of an epoch for people. */
  place(epoch: number): string;
}
