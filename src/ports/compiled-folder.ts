/** The folder of one target below `compile --out`. */
export interface CompiledFolder {
  /** The path of the folder, absolute, with links resolved. */
  readonly path: string;
  /**
   * Writes files and links beside the folder, where they aren't visible yet. A failed write may reject only a later
   * call.
   */
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
  /** The path in the folder, `/`-separated. */
  readonly path: string;
  readonly text: string;
  /** The folder's path for proxies, which replaces the placeholders of the text; absent if the text has none. */
  readonly seenAs?: string;
  readonly secret?: boolean;
}

/** A symbolic link of a compiled target. */
export interface CompiledLink {
  readonly path: string;
  readonly target: string;
}

/**
 * Opens the folder of a target below `out`; throws PortError(7) if it holds files that no compile of this target wrote.
 */
export type OpenCompiledFolder = (out: string, target: string) => Promise<CompiledFolder>;
