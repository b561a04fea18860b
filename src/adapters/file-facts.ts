import { lstat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { FileFacts } from '../ports/directory.ts';
import { errorCode } from './file-error.ts';
import { readRegularFile } from './regular-file.ts';

/** Returns facts about a file or link; undefined if there is none. */
export async function fileFacts(path: string): Promise<FileFacts | undefined> {
  try {
    const { uid, mtime } = await lstat(path);
    const user = process.getuid?.();
    const isOwn = user === undefined || uid === user;
    return { owner: nameOf(uid) ?? `uid ${uid}`, isOwn, modified: mtime };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function nameOf(uid: number): string | undefined {
  if (process.getuid?.() === uid) {
    try {
      return userInfo().username;
    } catch {
      // A process in a container may run as a user without a name.
    }
  }
  const line = users()
    .split('\n')
    .find((one) => one.split(':')[2] === String(uid));
  return line?.slice(0, line.indexOf(':'));
}

function users(): string {
  try {
    return readRegularFile('/etc/passwd', { most: 64 * 1024 * 1024 }).toString('utf8');
  } catch {
    return '';
  }
}
