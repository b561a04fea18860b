import type { DeployedEntry, DeployedTree } from '../../ports/deployment-repository.ts';
import { gitLines } from '../git-lines.ts';
import { entryCollector } from '../git-objects.ts';
import type { GitRepository } from '../git-repository.ts';

/** Reads the files of a commit below a folder (`''`: all of them); the rest of the commit isn't listed. */
export async function deployedTree(
  repository: GitRepository,
  commit: string,
  folder: string,
): Promise<DeployedTree> {
  const obstacle = folder === '' ? undefined : await obstacleOn(repository, commit, folder);
  if (obstacle !== undefined) return { commit, entries: new Map(), obstacle };
  const prefix = folder === '' ? '' : `${folder}/`;
  const { take, found } = entryCollector(prefix);
  const paths = prefix === '' ? [] : ['--', prefix];
  await gitLines(repository, ['ls-tree', '-r', '-z', '--full-tree', commit, ...paths], literal, take);
  const entries = found.map(({ path, object, mode }): [string, DeployedEntry] => [path, { object, mode }]);
  return { commit, entries: new Map(entries) };
}

/**
 * Returns the first part of a folder's path that isn't a folder in the commit (a file, link or submodule); undefined if
 * the folder can be written.
 */
async function obstacleOn(
  repository: GitRepository,
  commit: string,
  folder: string,
): Promise<string | undefined> {
  const elements = folder.split('/');
  const ways = elements.map((_, i) => elements.slice(0, i + 1).join('/'));
  const files = new Set<string>();
  await gitLines(repository, ['ls-tree', '-z', '--full-tree', commit, '--', ...ways], literal, (line) => {
    const [, type, path] = /^\d+ (\w+) [0-9a-f]+\t([^]+)$/.exec(line) ?? [];
    if (type !== 'tree' && path !== undefined) files.add(path);
  });
  return ways.find((way) => files.has(way));
}

const literal = {};
