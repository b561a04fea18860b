import { hooksFile } from './pre-commit-config.ts';
import { workflowFile } from './workflow.ts';

/** A file that runs checks; it is written where there is none. */
export interface ProjectFile {
  /** From the top of the Git repository, where GitHub and pre-commit read it. */
  readonly file: string;
  readonly text: string;
  /** Returns the lines to add by hand to an existing file of this name; undefined if the file is complete. */
  readonly missingFrom: (text: string) => string | undefined;
}

/** Checks before a commit and in CI. `prefix` leads from the top of the repository to the mesh: empty, or ending in `/`. */
export function projectFiles(version: string, prefix: string): readonly ProjectFile[] {
  return [hooksFile(prefix), workflowFile(version, prefix)];
}
