import path from 'node:path';
import { refuseSpecialFile } from './git-directory-files.ts';
import { isGitDirectory, resolved } from './git-place.ts';
import type { GitRepository } from './git-repository.ts';

/**
 * Returns the index that a commit is being made from, which Git names to its hooks (githooks(5)): GIT_INDEX_FILE,
 * relative to the top of the working tree. Returns undefined if the environment names none, or is of a hook of another
 * repository.
 */
export function hookIndex(repository: GitRepository): string | undefined {
  const { GIT_INDEX_FILE: named, GIT_DIR: directory } = process.env;
  const { top, own } = repository;
  if (!named || top === undefined) return undefined;
  const index = path.resolve(top, named);
  const folder = resolved(path.dirname(index));
  const isOwn = directory
    ? isSameDirectory(directory, repository)
    : folder === own || !isGitDirectory(folder);
  if (!isOwn) return undefined;
  refuseSpecialFile(index);
  return index;
}

function isSameDirectory(directory: string, { top = '', own }: GitRepository): boolean {
  const places = [path.resolve(top, directory), path.resolve(directory)];
  return places.some((place) => resolved(place) === own || place === path.join(top, '.git'));
}
