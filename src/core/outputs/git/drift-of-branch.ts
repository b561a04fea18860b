import type { Drift } from '../../drift/drift.ts';
import type { Observed } from '../../history/observed.ts';
import { objectChanges } from '../../plan/object-changes.ts';
import { changedResources } from '../changed-resources.ts';
import { changersOf } from './changers-of.ts';
import { gitFiles } from './git-files.ts';
import type { GitSession } from './git-session.ts';
import { movedTo } from './moved-to.ts';
import { filesOf } from './observe-branch.ts';

/** Returns the differences between the files of a branch and the revision in force, each with its author. */
export async function driftOfBranch(
  session: GitSession,
  { current, altered }: Observed,
): Promise<readonly Drift[]> {
  const files = gitFiles(current?.snapshot.artifacts ?? [], session.place.rendering);
  const texts = await filesOf(session, altered);
  const gone = altered.filter((path) => !texts.has(path));
  const places = await movedTo(session, gone, current?.versions ?? new Map());
  const changers = await changersOf(session, await session.view(), altered);
  return altered.map((path): Drift => {
    const text = texts.get(path);
    const artifact = files.get(path)?.artifact;
    const applied = artifact === undefined ? [] : [artifact];
    const by = changers.get(path);
    const author = by && { by };
    if (text === undefined) {
      const place = places.get(path);
      const detail = place === undefined ? {} : { detail: `its content is at ${place} now` };
      const objects = objectChanges(applied, []);
      return { type: 'file', state: 'removed', path, objects, ...detail, ...author };
    }
    if (artifact === undefined) return { type: 'file', state: 'changed', path, ...author };
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
      ...author,
    };
  });
}
