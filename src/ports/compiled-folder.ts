/** The folder of one target below `compile --out`. */
export interface CompiledFolder {
  /** Absolute, with links resolved. */
  readonly path: string;
  /** Writes files and links beside the folder, where nobody sees them yet; a later call may report the failure. */
  write(files: readonly CompiledFile[], links?: readonly CompiledLink[]): Promise<void>;
  /** Replaces the content of the folder with the written files in one rename; returns a stamp for `isAs`. */
  publish(): Promise<string>;
  /** Returns true if nothing in the folder was written, added or removed since `publish` returned this stamp. */
  isAs(stamp: string): boolean;
  /** Removes files that were written and not published. */
  discard(): Promise<void>;
}

/** A file of a compiled target; only the owner may read a secret one. */
export interface CompiledFile {
  /** Relative, `/`-separated. */
  readonly path: string;
  readonly text: string;
  /** The folder as proxies see it, for the placeholders of the text; absent if the text has none. */
  readonly seenAs?: string;
  readonly secret?: boolean;
}

/** A symbolic link of a compiled target. */
export interface CompiledLink {
  readonly path: string;
  readonly target: string;
}

/**
 * Opens the folder of a target below another; rejects (7) if the folder holds files that no compile of this target
 * wrote.
 */
export type OpenCompiledFolder = (out: string, target: string) => Promise<CompiledFolder>;
