import { PortError } from '../../../ports/port-error.ts';
import type { By } from '../../drift/drift.ts';
import type { BranchView } from './branch-view.ts';
import type { CommitReader } from './commit-reader.ts';
import { proposalBranch } from './places.ts';

/**
 * Returns the author of the last change of each file of a view, by path. Leaves out a file if the fetched history
 * doesn't tell its author.
 */
export async function changersOf(
  session: CommitReader,
  { tree, isProposed }: BranchView,
  paths: readonly string[],
): Promise<ReadonlyMap<string, By>> {
  if (tree === undefined || paths.length === 0) return new Map();
  const { repository, branch, inventory } = session.place;
  try {
    const name = isProposed ? proposalBranch(inventory) : branch;
    const commits = await repository.lastCommits(name, tree.commit, paths);
    return new Map(
      [...commits].map(([path, { author, time, commit, subject }]) => [
        path,
        { owner: author, modified: time, commit, subject },
      ]),
    );
  } catch (error) {
    // Report a difference even if its author can't be found.
    if (error instanceof PortError) return new Map();
    throw error;
  }
}
