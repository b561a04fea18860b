import path from 'node:path';
import { isGitDirectory } from './git-place.ts';

/**
 * Returns the Git directory that a path is or lies in, or undefined. Recognises it by its files, or by the name `.git`
 * in any case. The path has its links resolved and need not exist.
 */
export function gitDirectoryAround(resolved: string): string | undefined {
  for (let at = resolved; at !== path.dirname(at); at = path.dirname(at))
    if (path.basename(at).toLowerCase() === '.git' || isGitDirectory(at)) return at;
  return undefined;
}
