import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Memory } from '../ports/memory.ts';
import { buildFingerprint } from './build-fingerprint.ts';
import { cacheFolder } from './cache-folder.ts';
import { isOwnFolder } from './own-folder.ts';
import { readRegularFile } from './regular-file.ts';

/** The most bytes that are kept in all; the entries that were used longest ago are removed first. */
const largest = 256 * 1024 * 1024;

const format = 'meshwright memory 1';

/**
 * Returns the remembered results of one folder, in `results` of the user's cache; undefined with `MESH_CACHE=off`, or
 * if there is no such folder. Every entry is a file of its own, replaced as a whole, so that parallel runs can't
 * disturb each other. An entry is data, read by parsers and never run; an entry that others can write, of another
 * build, or damaged, is ignored.
 */
export function resultMemory(root: string): Memory | undefined {
  const fingerprint = buildFingerprint();
  const cache = cacheFolder();
  if (process.env['MESH_CACHE'] === 'off' || cache === undefined || fingerprint === undefined)
    return undefined;
  const folder = path.join(cache, 'results');
  const fileOf = (name: string): string =>
    path.join(
      folder,
      createHash('sha256')
        .update(`${path.resolve(root)}\0${name}`)
        .digest('hex'),
    );
  return {
    recall: (name) => attempt(() => (isOwnFolder(folder) ? recalled(fileOf(name), fingerprint) : undefined)),
    keep(name, bytes) {
      attempt(() => {
        if (!isOwnFolder(folder, 'made') || bytes.length > largest / 4) return;
        evict(folder, largest - bytes.length);
        const beside = path.join(folder, `.${randomBytes(8).toString('hex')}`);
        try {
          const file = fileOf(name);
          const head = `${headOf(file, fingerprint, bytes)}\n`;
          writeFileSync(beside, Buffer.concat([Buffer.from(head), bytes]), { flag: 'wx', mode: 0o600 });
          renameSync(beside, file);
        } finally {
          rmSync(beside, { force: true });
        }
      });
    },
  };
}

function recalled(file: string, fingerprint: string): Uint8Array | undefined {
  const content = readRegularFile(file, { most: largest, noLink: true, accepts: isOurs });
  const end = content.indexOf('\n');
  const bytes = content.subarray(end + 1);
  if (content.subarray(0, end).toString('latin1') !== headOf(file, fingerprint, bytes)) return undefined;
  const now = new Date();
  utimesSync(file, now, now);
  return bytes;
}

/**
 * Removes the entries that were used longest ago until the rest fits into `room`, and temporary files of killed runs
 * after an hour.
 */
function evict(folder: string, room: number): void {
  const hourAgo = Date.now() - 3_600_000;
  const entries = readdirSync(folder)
    .map((name) => ({ file: path.join(folder, name), name, status: lstatSync(path.join(folder, name)) }))
    .filter(({ status }) => status.isFile())
    .sort((a, b) => b.status.mtimeMs - a.status.mtimeMs);
  let size = 0;
  for (const { file, name, status } of entries) {
    size += status.size;
    if (size > room || (name.startsWith('.') && status.mtimeMs < hourAgo)) rmSync(file, { force: true });
  }
}

/** Returns true if only this user can have written an entry. */
function isOurs({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** Returns the first lines of an entry: its file, its build, and the digest of its bytes. */
function headOf(file: string, fingerprint: string, bytes: Uint8Array): string {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return `${format} ${path.basename(file)} ${fingerprint} ${digest}`;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
