/** A file that runs checks, which `init` writes if it doesn't exist. */
export interface ProjectFile {
  /** Path from the top of the Git repository, where GitHub and pre-commit look for it. */
  readonly file: string;
  readonly text: string;
  /** Returns the words about an existing file of this name that lacks something; undefined if the file is complete. */
  readonly missingFrom: (text: string) => Missing | undefined;
}

/** The part that an existing file lacks. */
export interface Missing {
  /** The end of a sentence about the file: the reason and the way out. */
  readonly advice: string;
  /** Lines to add by hand. */
  readonly lines?: string;
}

/**
 * Returns the check for a file that is written whole: a file of the same name without `mark`, a text that each version
 * of the file has, belongs to somebody else.
 */
export function unless(mark: string): ProjectFile['missingFrom'] {
  return (text) =>
    text.includes(mark)
      ? undefined
      : {
          advice: `It has no \`${mark}\`, so it is not the file of mesh: rename it, then run mesh init again.`,
        };
}
