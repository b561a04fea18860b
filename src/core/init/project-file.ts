/** A file that runs checks, which `init` writes if it doesn't exist. */
export interface ProjectFile {
  /** Path from the top of the Git repository, where GitHub and pre-commit look for it. */
  readonly file: string;
  readonly text: string;
  /** Returns the lines to add by hand to an existing file of this name; undefined if the file is complete. */
  readonly missingFrom: (text: string) => string | undefined;
}
