import type { Drift } from '../../drift/drift.ts';
import type { Observed } from '../../history/observed.ts';
import { objectChanges } from '../../plan/object-changes.ts';
import { changedResources } from '../changed-resources.ts';
import { gitFiles } from './git-files.ts';
import type { GitSession } from './git-session.ts';
import { filesOf } from './observe-branch.ts';

/** Returns where the files of a branch aren't as the revision in force was written. */
export async function driftOfBranch(
  session: GitSession,
  { current, altered }: Observed,
): Promise<readonly Drift[]> {
  const files = gitFiles(current?.snapshot.artifacts ?? [], session.place.rendering);
  const texts = await filesOf(session, altered);
  return altered.map((path): Drift => {
    const text = texts.get(path);
    const artifact = files.get(path)?.artifact;
    const applied = artifact === undefined ? [] : [artifact];
    if (text === undefined)
      return { type: 'file', state: 'removed', path, objects: objectChanges(applied, []) };
    if (artifact === undefined) return { type: 'file', state: 'changed', path };
    const objects = changedResources(applied, text, '');
    const detail =
      objects === undefined
        ? 'it cannot be read as what it was'
        : objects.length === 0
          ? 'its object is the same: spacing, order or comments'
          : undefined;
    return {
      type: 'file',
      state: 'changed',
      path,
      ...(objects && { objects }),
      ...(detail !== undefined && { detail }),
    };
  });
}
