/**
 * Groups of stored texts. `state` is a single text outside of them. A text of a group has a key (epoch, ULID, digest,
 * or the name of a Rollout, of an attempt, or of a guard's last look).
 */
export type BlobGroup = 'journal' | 'history' | 'snapshots' | 'rollouts' | 'evidence' | 'guards';

/** Name of a blob. */
export type BlobName = 'state' | `${BlobGroup}/${string}`;

/**
 * The stored texts of an output by name, kept in the output itself (files, Secrets, Git objects), readable by its owner
 * alone. Methods throw `PortError` of the output's exit codes (1 unreadable, 6 lock lost, 15 unreachable).
 *
 * A text is whole or absent: a process that is killed during `create`, `replace` or `remove` leaves the previous or the
 * new text. A write is durable when its promise resolves.
 */
export interface RunStore {
  /**
   * The number of characters above which appending to a text is too expensive; present if each `append` writes the
   * whole text again.
   */
  readonly dearAbove?: number;
  /** Returns the sorted keys of a group; an empty list if the output keeps no text of the group. */
  list(group: BlobGroup): Promise<readonly string[]>;
  /** Returns undefined if there is no such blob. */
  read(name: BlobName): Promise<string | undefined>;
  /** Makes the next `read` of a blob see the writes of others; for a store that caches what it has read. */
  refresh?(name: BlobName): Promise<void>;
  /** Creates a blob; returns false if it exists already, for example because somebody else was faster. */
  create(name: BlobName, text: string): Promise<boolean>;
  /**
   * Replaces the whole text. An output that can detect it (by a resource version) throws PortError(6) if somebody else
   * has written the blob since this store read it.
   */
  replace(name: BlobName, text: string): Promise<void>;
  /** Adds `text` to the end of an existing blob. A kill may leave a part of `text`: readers check each line. */
  append(name: BlobName, text: string): Promise<void>;
  /** Removes a blob; a missing one is no error. */
  remove(name: BlobName): Promise<void>;
  /** Moves a damaged blob out of `list`, and returns its new place for people. */
  setAside(name: BlobName): Promise<string>;
  /** Names a blob for people: a path in the output, a Secret. */
  place(name: BlobName): string;
  /** Returns what to do about a damaged blob, as a part of a sentence; undefined if there is nothing to do. */
  wayOut(name: BlobName): string | undefined;
}
