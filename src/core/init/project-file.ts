/** A file that runs checks; it is written where there is none. */
export interface ProjectFile {
  /** From the top of the Git repository, where GitHub and pre-commit read it. */
  readonly file: string;
  readonly text: string;
  /** Returns the lines to add by hand to an existing file of this name; undefined if the file is complete. */
  readonly missingFrom: (text: string) => string | undefined;
}
