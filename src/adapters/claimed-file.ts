import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { link, mkdir, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { largestFile } from '../core/source/spec-files.ts';
import type { ClaimedFile } from '../ports/claimed-file.ts';
import { PortError } from '../ports/port-error.ts';
import { flush } from './durable-files.ts';
import { errorCode, fileError } from './file-error.ts';
import { leftover } from './leftovers.ts';
import { readRegularFile } from './regular-file.ts';

/**
 * Claims a file below the root for one writer, as Git does: creates `FILE.lock`, which only one process can do, and
 * later renames it to the file. Throws PortError(6) if another writer has the lock.
 */
export async function claimFile(root: string, file: string): Promise<ClaimedFile> {
  const place = path.join(root, file);
  const lock = `${place}.lock`;
  const { descriptor, forget } = await makeLock(root, file, place, lock);
  let isRenamed = false;
  return {
    async publish(text, before) {
      try {
        if (content(place) !== before)
          throw new PortError(
            `${file} was changed by someone else meanwhile: nothing of it was written`,
            exit.failed,
          );
        writeFileSync(descriptor, text);
        fsyncSync(descriptor);
        // `link` fails if the file has been created in the meantime; a rename would replace the file.
        if (before === undefined) await link(lock, place);
        else {
          renameSync(lock, place);
          // The lock's name is free from here on, and another writer may take it.
          isRenamed = true;
          forget();
        }
        await flush(path.dirname(place));
      } catch (error) {
        throw error instanceof PortError ? error : fileError('write', place, error);
      }
    },
    async release() {
      closeSync(descriptor);
      if (isRenamed) return;
      await rm(lock, { force: true });
      forget();
    },
  };
}

/** Makes the lock and registers it for removal, synchronously, so that no signal comes in between. */
async function makeLock(root: string, file: string, place: string, lock: string) {
  try {
    await mkdir(path.dirname(place), { recursive: true, mode: 0o755 });
    await refuseOutside(root, place);
    const descriptor = openSync(lock, 'wx', 0o644);
    return { descriptor, ...leftover(lock) };
  } catch (error) {
    if (error instanceof PortError) throw error;
    if (errorCode(error) !== 'EEXIST') throw fileError('write', place, error);
    throw new PortError(
      `${file} is being written by another mesh (${file}.lock is there); if none runs, one was killed: remove that file`,
      exit.locked,
    );
  }
}

async function refuseOutside(root: string, place: string): Promise<void> {
  const [folder, top] = await Promise.all([realpath(path.dirname(place)), realpath(root)]);
  if (folder !== top && !folder.startsWith(top + path.sep))
    throw new PortError(
      `${place} lies outside the repository: its folder is a link to ${folder}`,
      exit.failed,
    );
}

/** Returns the text of the file, or undefined if there is none. */
function content(file: string): string | undefined {
  try {
    return readRegularFile(file, { most: largestFile }).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
