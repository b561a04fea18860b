import { userInfo } from 'node:os';
import path from 'node:path';

/**
 * Returns the user's home: `HOME` if it is an absolute path, else the home in the system's user database; undefined if
 * neither is absolute.
 */
function homeFolder(): string | undefined {
  const { HOME = '' } = process.env;
  if (path.isAbsolute(HOME)) return HOME;
  try {
    const { homedir } = userInfo();
    return path.isAbsolute(homedir) ? homedir : undefined;
  } catch {
    // A process in a container may run as a user without an entry in the system's user database.
    return undefined;
  }
}

/**
 * Returns a folder of the XDG Base Directory specification, for this tool: `meshwright` in the folder that the variable
 * names. An empty or relative value counts as unset; `fallback` is relative to the home. Returns undefined without a
 * home.
 */
export function userFolder(
  variable: 'XDG_STATE_HOME' | 'XDG_CACHE_HOME',
  ...fallback: readonly string[]
): string | undefined {
  const named = process.env[variable] ?? '';
  if (path.isAbsolute(named)) return path.join(named, 'meshwright');
  const home = homeFolder();
  return home === undefined ? undefined : path.join(home, ...fallback, 'meshwright');
}
