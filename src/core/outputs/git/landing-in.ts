import type { DeployedTree } from '../../../ports/deployment-repository.ts';
import type { CommitReader } from './commit-reader.ts';
import { type GitLanding, landingFile, readCurrent, readLanding } from './git-landing.ts';
import { currentFile } from './places.ts';

/** Returns the record of the step that a commit has in force; undefined if it has none. */
export async function landingIn(
  session: CommitReader,
  tree: DeployedTree | undefined,
): Promise<(GitLanding & { readonly mark: string }) | undefined> {
  const current = await session.textIn(tree, currentFile);
  if (current === undefined) return undefined;
  const mark = readCurrent(session.nameOf(currentFile), current);
  const text = await session.textIn(tree, landingFile(mark));
  return text === undefined ? undefined : { ...readLanding(session.nameOf(landingFile(mark)), text), mark };
}
