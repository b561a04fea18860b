import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { PortError } from '../ports.ts';
import { errorCode, fileError } from './file-error.ts';
import { git } from './git-process.ts';

/**
 * Rejects with a PortError if Git tracks or could track a file that is to hold a private key, or if Git can't say. A
 * repository is any folder above, links resolved, that holds a `.git`; only Git's own "it is ignored" lets the file be
 * written in one.
 */
export async function refuseTracked(file: string): Promise<void> {
  const real = await resolved(path.resolve(file));
  const top = await repositoryAbove(path.dirname(real));
  if (top === undefined) return;
  const answer = await git(top, ['check-ignore', '--quiet', '--', real]);
  if (!answer.failed) return;
  const [why = ''] = answer.error.split('\n');
  throw new PortError(
    why === ''
      ? `${file} would hold a private key where Git would track it (${top}): write it elsewhere, or have Git ignore it`
      : `${file} would hold a private key in the repository ${top}, and Git can't say whether it ignores it (${why}): mend that, or write it elsewhere`,
    1,
  );
}

/** Resolves links of the part of a path that exists. */
async function resolved(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileError('read', file, error);
    const parent = path.dirname(file);
    return parent === file ? file : path.join(await resolved(parent), path.basename(file));
  }
}

async function repositoryAbove(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = await lstat(path.join(at, '.git')).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
      throw fileError('read', path.join(at, '.git'), error);
    });
    if (found !== undefined) return nearest(folder, at);
    if (at === path.dirname(at)) return undefined;
  }
}

/** The folder from which Git is asked has to exist. */
async function nearest(folder: string, top: string): Promise<string> {
  for (let at = folder; at !== top; at = path.dirname(at)) {
    const status = await lstat(at).catch(() => undefined);
    if (status?.isDirectory()) return at;
  }
  return top;
}
