/**
 * One output directory. Paths are relative to it, and no path leads out. A write has reached the disk when its promise
 * resolves.
 */
export interface Directory {
  /** The path of the directory, absolute, with links resolved. */
  readonly path: string;
  /** Returns the entries sorted by name; an empty list if there is no such folder. */
  entries(folder: string): Promise<readonly DirectoryEntry[]>;
  read(file: string, keeping?: Keeping): Promise<string | undefined>;
  /** Returns the target of a symbolic link, as written. */
  linkTarget(link: string): Promise<string | undefined>;
  /** Returns facts about a file or link; undefined if there is none. */
  facts(path: string): Promise<FileFacts | undefined>;
  /** Creates a whole file; returns false if it exists, for example because someone else was faster. */
  createFile(file: string, text: string, keeping?: Keeping): Promise<boolean>;
  /** Adds to the end of an existing file. */
  appendFile(file: string, text: string): Promise<void>;
  /** Replaces a whole file by one rename. */
  replaceFile(file: string, text: string, keeping?: Keeping): Promise<void>;
  /** Writes a whole folder; removes leftovers of that name first. */
  createFolder(
    folder: string,
    files: readonly { readonly path: string; readonly text: string }[],
    keeping?: Keeping,
  ): Promise<void>;
  /** Makes a missing folder. */
  ensureFolder(folder: string): Promise<void>;
  /** Points a symbolic link at `target` by one rename. */
  pointLink(link: string, target: string): Promise<void>;
  /** Throws if Git tracks or could track a file at this path, or if Git gives no answer. */
  refuseTracked(file: string): Promise<void>;
  /** Renames a file within its folder; replaces a file of that name. */
  move(file: string, to: string): Promise<void>;
  /** Removes a file, link or folder with its content; a missing one is no error. */
  remove(path: string): Promise<void>;
  /** Returns the same directory with every mutation preceded by `permitted()`. */
  guarded(permitted: () => Promise<unknown>): Directory;
}

/** Facts about a file or link. */
export interface FileFacts {
  /** The name of the owner, or `uid NUMBER`. */
  readonly owner: string;
  /** True if this user is the owner, and on systems without owners. */
  readonly isOwn: boolean;
  /** The time of the last write. */
  readonly modified: Date;
}

/** An entry of a folder. */
export interface DirectoryEntry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
}

/** The way to keep a file or folder: readable for its owner only, or compressed by gzip on disk. */
export interface Keeping {
  readonly secret?: boolean;
  readonly compressed?: boolean;
}
