import type { DeployedTree } from '../../../ports/deployment-repository.ts';
import type { Obstacle } from '../../history/observed.ts';

/** Returns the files of others at paths that a run is going to write, except adopted ones. */
export function foreignFiles(
  tree: DeployedTree | undefined,
  ours: ReadonlySet<string>,
  wanted: Iterable<string>,
  adopt: readonly string[],
): readonly Obstacle[] {
  if (tree === undefined) return [];
  const found = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const path of tree.entries.keys())
    if (!ours.has(path)) for (const folder of foldersAbove(path)) folders.set(folder, path);
  for (const path of wanted) {
    if (tree.entries.has(path) && !ours.has(path))
      found.set(path, 'it is there, and this mesh did not write it');
    const inside = folders.get(path);
    if (inside !== undefined) found.set(inside, `${path} has to be a file`);
    for (const folder of foldersAbove(path))
      if (tree.entries.has(folder) && !ours.has(folder)) found.set(folder, 'it has to be a folder');
  }
  return [...found]
    .filter(([path]) => !adopt.some((one) => one === path || path.startsWith(`${one.replace(/\/+$/, '')}/`)))
    .map(([path, why]) => ({ path, why: `${why}: move it away, or take it over with --adopt ${path}` }));
}

function foldersAbove(path: string): readonly string[] {
  const elements = path.split('/');
  return elements.slice(1).map((_, i) => elements.slice(0, i + 1).join('/'));
}
