import type { DeployedTree } from '../../../ports/deployment-repository.ts';
import type { GitPlace } from './git-place.ts';

/** Reads commits of a deployment repository, and names their files for people. */
export interface CommitReader {
  readonly place: GitPlace;
  /** Returns the text of a file of a commit. Throws PortError(7) if it is no plain file. */
  readonly textIn: (tree: DeployedTree | undefined, path: string) => Promise<string | undefined>;
  /** Returns contents by their ids. */
  readonly texts: (objects: readonly string[]) => Promise<readonly string[]>;
  readonly nameOf: (path: string) => string;
  readonly branchName: () => string;
}
