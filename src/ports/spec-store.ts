import type { SourceSet, UnreadableSource } from '../core/source/source.ts';
import type { Memory } from './memory.ts';

/** The source of a spec: the working tree, the index, a revision, a remote, standard input. */
export interface SpecStore {
  /** The source for people: a path, `the index of …`, `… at 1a2b3c4`. */
  readonly description: string;
  /** Lists every YAML file below the root that Git does not ignore, in order of name, without reading the files. */
  list(): Promise<readonly Candidate[]>;
  /** Reads the bytes of candidates; a file that can't be read becomes unreadable. */
  read(files: readonly string[]): Promise<SourceSet>;
  /**
   * Reads one file of any kind, such as the trust file; undefined if there is none. Throws if the file can't be read.
   */
  file(path: string): Promise<Uint8Array | undefined>;
  /** Absent if no results are kept. */
  readonly memory?: Memory;
  /**
   * Returns the commit that is read or checked out, compared byte by byte with the files that were read; undefined if
   * there is none.
   */
  commit(): Promise<SpecCommit | undefined>;
  /** Returns true if the commit is reachable from one of these branches of the upstream; false without a commit. */
  isOn(branches: readonly string[]): Promise<boolean>;
}

/** A text file that may belong to the spec. */
export interface Candidate {
  /** Relative to the root, `/`-separated. */
  readonly file: string;
  /** Size in bytes, if the file can be read. */
  readonly size: number;
  readonly problem?: UnreadableSource['problem'];
  readonly detail?: string;
}

/** A store with the folder to which relative paths of the spec are relative. */
export interface OpenedStore {
  readonly store: SpecStore;
  /** Absolute. */
  readonly root: string;
  /**
   * Returns the path of the root from the top of its Git repository: empty there and without one, else ending in `/`.
   */
  readonly prefix: () => Promise<string>;
  /** Removes fetched content. */
  readonly dispose: () => Promise<void>;
}

/** Opens the store that a command's options name; throws a `PortError`. */
export type OpenSpecStore = (choice: StoreChoice) => Promise<OpenedStore>;

/**
 * The choice of a store; if nothing is set, the working tree. `timeout` is the milliseconds that the server of `repo`
 * may take.
 */
export interface StoreChoice {
  readonly root?: string;
  readonly revision?: string;
  readonly staged?: boolean;
  readonly repo?: string;
  readonly standardInput?: boolean;
  readonly timeout?: number;
}

/** The commit that a spec was read at. */
export interface SpecCommit {
  readonly id: string;
  /** True if the commit differs from the files that were read. */
  readonly dirty: boolean;
  /** The files that differ, if any. */
  readonly changes?: readonly SpecChange[];
}

/** A file of the spec whose bytes in the working tree differ from those in the checked-out commit. */
export interface SpecChange {
  /** Relative to the root, `/`-separated. */
  readonly file: string;
  /** `missing`: only in the commit; `added`: only in the working tree; `line-endings`: no other byte differs. */
  readonly change: 'content' | 'line-endings' | 'added' | 'missing';
}
