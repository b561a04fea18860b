/** One file of the mesh repository as read, before parsing. */
export interface Source {
  /** Path relative to the root, `/`-separated; `-` for standard input. */
  readonly file: string;
  /** The bytes of the file. */
  readonly bytes: Uint8Array;
}

/** A file that belongs to the spec and could not be read, with the reason. */
export interface UnreadableSource {
  readonly file: string;
  readonly problem: 'too-large' | 'outside-root' | 'not-a-file' | 'unreadable';
  /** The message of the operating system or of Git, if there is one. */
  readonly detail?: string;
}

/** The files that a Store found below the root. */
export interface SourceSet {
  readonly sources: readonly Source[];
  readonly unreadable: readonly UnreadableSource[];
}
