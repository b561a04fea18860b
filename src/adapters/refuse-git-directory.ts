import { PortError } from '../ports/port-error.ts';
import { gitDirectoryAround } from './git-directory-around.ts';

/**
 * Throws PortError for a path that is a Git directory or lies in one, by the name `.git` in any case or by its files:
 * Git runs hooks and reads settings and refs in it. The path has its links resolved and need not exist.
 */
export function refuseGitDirectory(what: string, resolved: string, exitCode: PortError['exitCode']): void {
  const around = gitDirectoryAround(resolved);
  if (around === undefined) return;
  throw new PortError(
    `${what} lies in the Git directory ${JSON.stringify(around)}: name a folder outside of the Git directory`,
    exitCode,
  );
}
