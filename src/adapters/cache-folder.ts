import path from 'node:path';
import { userFolder } from './user-folders.ts';

/**
 * Returns the folder of this user's caches: `MESHWRIGHT_CACHE`, `$XDG_CACHE_HOME/meshwright` or `~/.cache/meshwright`;
 * undefined without a home. A relative path counts as unset, as in the XDG specification: it would name another folder
 * in each repository.
 */
export function cacheFolder(): string | undefined {
  const { MESHWRIGHT_CACHE = '' } = process.env;
  return path.isAbsolute(MESHWRIGHT_CACHE) ? MESHWRIGHT_CACHE : userFolder('XDG_CACHE_HOME', '.cache');
}
