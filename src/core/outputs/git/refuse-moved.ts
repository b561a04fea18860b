import type { DeployedTree } from '../../../ports/deployment-repository.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { BranchView } from './branch-view.ts';
import type { NextFiles } from './change-of.ts';
import { changersOf } from './changers-of.ts';
import type { CommitReader } from './commit-reader.ts';
import { landingIn } from './landing-in.ts';
import { isMemory } from './places.ts';

/**
 * Throws PortError(5) if one of our files, or a file that is about to be ours, differs between two looks at the branch.
 */
export async function refuseMoved(
  session: CommitReader,
  before: BranchView,
  now: BranchView,
  next: NextFiles | undefined,
): Promise<void> {
  const ours = new Set([
    ...Object.keys((await landingIn(session, before.tree))?.files ?? {}),
    ...(next?.files.keys() ?? []),
  ]);
  const moved = [...memoryOf(before.tree), ...memoryOf(now.tree), ...ours].find(
    (path) => contentOf(before.tree, path) !== contentOf(now.tree, path),
  );
  if (moved === undefined && before.isProposed === now.isProposed) return;
  const what =
    moved === undefined
      ? 'the proposal was merged'
      : isMemory(moved)
        ? 'another run has committed'
        : await changeOf(session, now, moved);
  throw new PortError(
    `${session.branchName()}: ${what} since this run looked at it; nothing was written: run it again`,
    exit.stale,
  );
}

async function changeOf(session: CommitReader, now: BranchView, path: string): Promise<string> {
  const by = (await changersOf(session, now, [path])).get(path);
  if (by === undefined) return `somebody has changed ${path}`;
  return `${by.owner} has changed ${path} (commit ${by.commit?.slice(0, 12) ?? ''} of ${by.modified})`;
}

function memoryOf(tree: DeployedTree | undefined): readonly string[] {
  return [...(tree?.entries.keys() ?? [])].filter(isMemory);
}

function contentOf(tree: DeployedTree | undefined, path: string): string | undefined {
  const entry = tree?.entries.get(path);
  return entry && `${entry.mode} ${entry.object}`;
}
