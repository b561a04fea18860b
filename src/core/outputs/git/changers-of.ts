import { PortError } from '../../../ports/port-error.ts';
import type { By } from '../../drift/drift.ts';
import type { BranchView } from './branch-view.ts';
import type { CommitReader } from './commit-reader.ts';
import { proposalBranch } from './places.ts';

/** Returns who changed files of a view last, by path; a file is left out if the history that can be fetched doesn't say it. */
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
    // The difference itself matters more than its author.
    if (error instanceof PortError) return new Map();
    throw error;
  }
}
