/** One file of the mesh repository as read: nothing of it has been understood yet. */
export interface Source {
  /** Path relative to the root, `/`-separated; `-` for standard input. */
  readonly file: string;
  /** What the file holds; `undefined` where `problem` says why it was not read. */
  readonly bytes: Uint8Array;
}

/** A file that belongs to the spec and could not be read, with the reason. */
export interface UnreadableSource {
  readonly file: string;
  readonly problem: 'too-large' | 'outside-root' | 'not-a-file' | 'unreadable';
  /** The operating system's or Git's own words, where there are any. */
  readonly detail?: string;
}

/** What a Store found below the root. */
export interface SourceSet {
  readonly sources: readonly Source[];
  readonly unreadable: readonly UnreadableSource[];
}
