/** A file of the spec to write; without `text` it is removed. */
export interface FileChange {
  /** Relative to the root, `/`-separated. */
  readonly file: string;
  /** The present content of the file. */
  readonly before: Uint8Array;
  readonly text?: string;
}

/**
 * Writes files below a root and commits these files alone on the branch that is checked out; `added` names files below
 * the root, relative to the root or absolute, that the last commit doesn't have: they are committed as they are. Returns the id of the commit. Rejects
 * with PortError(1) before anything is written if a file differs from the last commit, if no branch is checked out, or
 * if Git makes no commit.
 */
export type CommitFiles = (
  root: string,
  files: readonly FileChange[],
  message: string,
  added?: readonly string[],
) => Promise<string>;

/** Rejects with PortError(1) if a change of this file, with its present content, couldn't be committed; writes nothing. */
export type CheckCommit = (root: string, file: string, before: Uint8Array) => Promise<void>;
