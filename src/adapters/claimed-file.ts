import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { link, mkdir, readdir, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exit } from '../core/exit-code.ts';
import { largestFile } from '../core/source/spec-files.ts';
import type { ClaimedFile } from '../ports/claimed-file.ts';
import { PortError } from '../ports/port-error.ts';
import type { Processes, ProcessIdentity } from '../ports/processes.ts';
import { flush, writeDurably } from './durable-files.ts';
import { errorCode, fileError } from './file-error.ts';
import { leftover } from './leftovers.ts';
import { processes } from './processes.ts';
import { readRegularFile } from './regular-file.ts';

/**
 * Claims a file below the root for one writer: creates `FILE.lock`, which only one process can do and which names that
 * process. The lock of a process that was killed is taken over. Throws PortError(6) if another writer has the lock.
 */
export async function claimFile(root: string, file: string): Promise<ClaimedFile> {
  const place = path.join(root, file);
  const lock = `${place}.lock`;
  const beside = `${place}.new`;
  const { own, forget } = await makeLock(root, file, place, lock);
  return {
    async publish(text, before) {
      try {
        if (content(lock) !== own) throw claimed(file);
        if (content(place) !== before)
          throw new PortError(
            `${file} was changed by someone else meanwhile: nothing was written`,
            exit.failed,
          );
        // A writer that was killed may have left this file.
        await rm(beside, { force: true });
        await writeDurably(beside, new TextEncoder().encode(text), {});
        // `link` fails if the file has been created in the meantime; a rename would replace the file.
        if (before === undefined) await link(beside, place);
        else renameSync(beside, place);
        await rm(beside, { force: true });
        await flush(path.dirname(place));
      } catch (error) {
        throw error instanceof PortError ? error : fileError('write', place, error);
      }
    },
    async release() {
      if (content(lock) === own) await rm(lock, { force: true });
      forget();
    },
  };
}

/** Makes the lock and registers it for removal, synchronously, so that no signal comes in between. */
async function makeLock(root: string, file: string, place: string, lock: string) {
  try {
    await mkdir(path.dirname(place), { recursive: true, mode: 0o755 });
    await refuseOutside(root, place);
    const known = await processes();
    const own = `${JSON.stringify(known.self)}\n`;
    try {
      createWhole(lock, own);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      if (!(await takeOver(lock, own, known))) throw claimed(file);
    }
    const registered = leftover(lock);
    await removeUnused(lock, known);
    return { own, ...registered };
  } catch (error) {
    throw error instanceof PortError ? error : fileError('write', place, error);
  }
}

function claimed(file: string): PortError {
  return new PortError(
    `${file} is being written by another mesh (${file}.lock is there); if none runs, one was killed: remove that file`,
    exit.locked,
  );
}

/** The most milliseconds that another process needs to take the same lock over. */
const settling = 100;

/**
 * Takes the lock of a process that has certainly ended. Returns false if the process may live, or if another process
 * was faster.
 */
async function takeOver(lock: string, own: string, known: Processes): Promise<boolean> {
  const holder = identityIn(content(lock));
  if (holder === undefined || !(await known.isGone(holder))) return false;
  const beside = besideOf(lock);
  rmSync(beside, { force: true });
  writeFileSync(beside, own, { flag: 'wx', mode: 0o644 });
  renameSync(beside, lock);
  // If two processes take the lock over, the later one holds it.
  await sleep(settling);
  return content(lock) === own;
}

function identityIn(text: string | undefined): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    const { host, pid } = value as Partial<ProcessIdentity>;
    return typeof host === 'string' && typeof pid === 'number' ? (value as ProcessIdentity) : undefined;
  } catch {
    return undefined;
  }
}

function besideOf(lock: string): string {
  return `${lock}.${String(process.pid)}`;
}

/**
 * Creates a lock and its text in one step, so that a process that is killed meanwhile leaves no part of a lock. Throws
 * EEXIST if there is a lock.
 */
function createWhole(lock: string, own: string): void {
  const beside = besideOf(lock);
  rmSync(beside, { force: true });
  try {
    writeFileSync(beside, own, { flag: 'wx', mode: 0o644 });
    linkSync(beside, lock);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Removes the files that killed processes left beside a lock: each wrote one before it had the lock. */
async function removeUnused(lock: string, known: Processes): Promise<void> {
  const { host, machine } = known.self;
  const start = `${path.basename(lock)}.`;
  for (const name of await readdir(path.dirname(lock))) {
    const number = name.startsWith(start) ? name.slice(start.length) : '';
    if (!/^\d{1,10}$/.test(number)) continue;
    const holder = { host, ...(machine !== undefined && { machine }), pid: Number(number) };
    if (await known.isGone(holder)) await rm(path.join(path.dirname(lock), name), { force: true });
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
