import type { DeployedChange, DeployedTree } from '../../../ports/deployment-repository.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { BranchView } from './branch-view.ts';
import type { CommitReader } from './commit-reader.ts';
import { foreignFiles } from './foreign-files.ts';
import type { GitFiles } from './git-files.ts';
import { landingIn } from './landing-in.ts';
import { memoryChanges } from './memory-changes.ts';
import { parentsOf } from './parents-of.ts';
import { memoryFolder, proposalBranch } from './places.ts';

/** The files that a step writes. */
export interface NextFiles {
  readonly files: GitFiles;
  /** Paths of files of others that the user takes over. */
  readonly adopt: readonly string[];
}

/**
 * Returns the change with the collected records and the files of a step, as a commit on top of the commit that was
 * seen. Throws PortError(7) if files of others are in the way.
 */
export async function changeOf(
  session: CommitReader,
  view: BranchView,
  pending: ReadonlyMap<string, string | undefined>,
  next: NextFiles | undefined,
): Promise<Omit<DeployedChange, 'message' | 'at'>> {
  const { branch, propose, inventory } = session.place;
  const parents = await parentsOf(session, view);
  const top = [view.base, view.proposal].find((tree) => tree?.commit === parents[0]);
  const expected = propose ? view.proposal?.commit : view.base?.commit;
  const own = await ownFiles(session, [view.tree, top]);
  if (next !== undefined) refuseObstacles(session, top, own, next);
  const files = next === undefined ? filesSeen(view.tree, top, own) : filesOfStep(top, own, next);
  return {
    branch: propose ? proposalBranch(inventory) : branch,
    ...(expected !== undefined && { expected }),
    parents,
    files: new Map([...memoryChanges(view.tree, top, pending), ...files]),
  };
}

/** Returns the paths of the files that the steps in force in some commits have written. */
async function ownFiles(
  session: CommitReader,
  trees: readonly (DeployedTree | undefined)[],
): Promise<ReadonlySet<string>> {
  const own = new Set<string>();
  for (const tree of new Set(trees))
    for (const path of Object.keys((await landingIn(session, tree))?.files ?? {})) own.add(path);
  return own;
}

function filesOfStep(
  top: DeployedTree | undefined,
  own: ReadonlySet<string>,
  { files }: NextFiles,
): DeployedChange['files'] {
  const gone = [...own].filter((path) => top?.entries.has(path) && !files.has(path));
  return new Map([
    ...gone.map((path) => [path, undefined] as const),
    ...[...files.values()].map(({ path, text }) => [path, text] as const),
  ]);
}

/**
 * Returns the files of a proposal for a commit of records alone: if the branch has moved, the commit has to bring these
 * files along.
 */
function filesSeen(
  seen: DeployedTree | undefined,
  top: DeployedTree | undefined,
  own: ReadonlySet<string>,
): DeployedChange['files'] {
  if (top === seen) return new Map();
  return new Map(
    [...own].flatMap((path) => {
      const entry = seen?.entries.get(path);
      if (entry === undefined && !top?.entries.has(path)) return [];
      return [[path, entry && { object: entry.object }] as const];
    }),
  );
}

function refuseObstacles(
  session: CommitReader,
  top: DeployedTree | undefined,
  ours: ReadonlySet<string>,
  { files, adopt }: NextFiles,
): void {
  const [first] = foreignFiles(top, ours, files.keys(), adopt);
  if (first !== undefined)
    throw new PortError(`${session.nameOf(first.path)} is in the way: ${first.why}`, exit.foreign);
  if (top?.obstacle !== undefined)
    throw new PortError(`${session.branchName()}: ${top.obstacle} is no folder`, exit.foreign);
  if (top?.entries.has(memoryFolder))
    throw new PortError(`${session.nameOf(memoryFolder)} is no folder of ours`, exit.foreign);
}
