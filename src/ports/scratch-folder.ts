/** A folder for the files of one run, which only this user can read; it is removed at the end. */
export interface ScratchFolder {
  /** Absolute. */
  readonly path: string;
  /** Writes a file, with its folders. */
  write(file: string, text: string): Promise<void>;
  /** Makes a folder, with those above it. */
  makeFolder(folder: string): Promise<void>;
  /** Makes a symbolic link. */
  link(file: string, target: string): Promise<void>;
  /** Returns the text of a file; empty if there is none. */
  read(file: string): Promise<string>;
  remove(): Promise<void>;
}
