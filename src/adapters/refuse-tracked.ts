import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { findRepository } from './find-repository.ts';
import { refuseIgnorePipes } from './git-pipes.ts';
import { resolved } from './git-place.ts';
import { git } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';

/**
 * Throws a PortError if Git tracks or could track a file for a private key, or if Git gives no answer. In a
 * repository the file is written only if Git says that it is ignored.
 */
export async function refuseTracked(file: string): Promise<void> {
  const real = resolved(path.resolve(file));
  const repository = await repositoryOf(file, path.dirname(real));
  if (repository?.top === undefined) return;
  refuseIgnorePipes(repository, path.dirname(real));
  const { code, error } = await git(repository, ['check-ignore', '--quiet', '--', real]).catch(
    (cause: unknown) => {
      throw untold(file, cause);
    },
  );
  if (code === 0) return;
  if (code !== 1) throw untold(file, new Error(`${repository.top}: ${error}`));
  throw new PortError(
    `${file} would hold a private key where Git would track it (${repository.top}): write it elsewhere, or have Git ignore it`,
    exit.failed,
  );
}

async function repositoryOf(file: string, folder: string): Promise<GitRepository | undefined> {
  try {
    return await findRepository(folder);
  } catch (cause) {
    throw untold(file, cause);
  }
}

function untold(file: string, cause: unknown): PortError {
  const why = cause instanceof Error ? cause.message.replaceAll(/\s*\n\s*/g, '; ') : String(cause);
  return new PortError(
    `${file} would hold a private key in a repository, and Git can't say whether it ignores it (${why}): mend that, or write it elsewhere`,
    exit.failed,
    { cause },
  );
}
