import { textVersion } from './git-files.ts';
import type { GitSession } from './git-session.ts';
import { filesOf } from './observe-branch.ts';
import { isMemory } from './places.ts';

/** The most files of others that are compared with missing files. */
const mostCompared = 1000;

/**
 * Returns the present places of the contents of missing files; `versions` has the written versions by path. A file
 * whose content is nowhere below the folder has no entry.
 */
export async function movedTo(
  session: GitSession,
  gone: readonly string[],
  versions: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  if (gone.length === 0) return new Map();
  const { tree } = await session.view();
  const others = [...(tree?.entries.keys() ?? [])].filter((path) => !versions.has(path) && !isMemory(path));
  const texts = await filesOf(session, others.slice(0, mostCompared));
  const places = new Map([...texts].map(([path, text]) => [textVersion(text), path]));
  return new Map(
    gone.flatMap((path) => {
      const place = places.get(versions.get(path) ?? '');
      return place === undefined ? [] : [[path, place] as const];
    }),
  );
}
