import { homedir } from 'node:os';
import path from 'node:path';

/** Where this user's caches are: `MESHWRIGHT_CACHE`, `$XDG_CACHE_HOME/meshwright` or `~/.cache/meshwright`. */
export function cacheFolder(): string | undefined {
  const { MESHWRIGHT_CACHE, XDG_CACHE_HOME } = process.env;
  if (MESHWRIGHT_CACHE) return path.resolve(MESHWRIGHT_CACHE);
  if (XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME)) return path.join(XDG_CACHE_HOME, 'meshwright');
  const home = homedir();
  return home === '' ? undefined : path.join(home, '.cache', 'meshwright');
}
