import { statSync } from 'node:fs';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { errorCode } from './file-error.ts';
import { readRegularFile, UnfitFileError } from './regular-file.ts';

const largest = 4 * 1024 * 1024;

/**
 * Returns the text of a file in a Git directory, or undefined if there is none. Throws PortError(15) for a pipe, a
 * device or a file that can't be read; it never waits for a pipe.
 */
export function readGitFile(file: string): string | undefined {
  try {
    return readRegularFile(file, { most: largest }).toString('utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    if (!(error instanceof UnfitFileError)) throw unreadable(file, error);
    throw error.problem === 'too-large' ? damaged(file, `it ${error.message}`) : notRegular(file);
  }
}

/** Returns the kind of the file at a path of a Git directory; links are followed. */
export function gitFileKind(file: string): 'file' | 'folder' | 'other' | undefined {
  try {
    const status = statSync(file);
    if (status.isFile()) return 'file';
    return status.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw unreadable(file, error);
  }
}

/** Throws PortError(15) if a path leads to anything but a regular file. */
export function refuseSpecialFile(file: string): void {
  const kind = gitFileKind(file);
  if (kind !== undefined && kind !== 'file') throw notRegular(file);
}

/** Returns the error for a file of a Git directory that Git itself couldn't use. */
export function damaged(file: string, why: string): PortError {
  return new PortError(
    `the Git repository at ${path.dirname(file)} can't be used: ${path.basename(file)} is damaged (${why}); repair the repository ('git fsck'), or clone it again`,
    exit.unreachable,
  );
}

function notRegular(file: string): PortError {
  return new PortError(
    `the Git repository at ${path.dirname(file)} can't be used: ${path.basename(file)} is not a regular file; remove it, or clone the repository again`,
    exit.unreachable,
  );
}

function unreadable(file: string, error: unknown): PortError {
  return new PortError(
    `${file} of a Git repository can't be read (${errorCode(error) ?? String(error)}): let this user read the repository`,
    exit.unreachable,
    { cause: error },
  );
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error) ?? '');
}
