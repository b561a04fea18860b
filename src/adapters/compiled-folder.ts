import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import type { CompiledFolder } from '../ports/compiled-folder.ts';
import { PortError } from '../ports/port-error.ts';
import { isStamped } from './file-stamps.ts';
import { fileWriter } from './file-writer.ts';
import { leftover } from './leftovers.ts';
import { makeFolder } from './make-folder.ts';
import { refuseTracked } from './refuse-tracked.ts';
import { readStart } from './regular-file.ts';

/** Opens `OUT/TARGET`. Makes OUT; everything else is written by `write`. */
export async function compiledFolder(out: string, target: string): Promise<CompiledFolder> {
  const parent = await attempt(out, async () => {
    makeFolder(path.resolve(out), 0o755);
    return realpath(out);
  });
  const folder = path.join(parent, target);
  await refuseForeign(folder, target);
  const beside = path.join(parent, `.${target}.${randomBytes(6).toString('hex')}`);
  const writer = fileWriter(path.join(beside, 'new'));
  const { forget } = leftover(beside, () => writer.stop());
  return {
    path: folder,
    async write(files, links = []) {
      if (files.some(({ secret }) => secret))
        await refuseTracked(path.join(folder, 'secrets', 'current', 'key.json'));
      await attempt(folder, () => writer.write({ files, links }));
    },
    publish: () =>
      attempt(folder, async () => {
        const stamp = await writer.end();
        exchange(folder, beside);
        rmSync(beside, { recursive: true, force: true });
        forget();
        return stamp;
      }),
    isAs: (stamp) => isStamped(folder, stamp),
    discard: () =>
      attempt(folder, async () => {
        await writer.end().catch(() => undefined);
        rmSync(beside, { recursive: true, force: true });
        forget();
      }),
  };
}

/** Throws unless the folder is empty or holds the output of an earlier compile of the same target. */
async function refuseForeign(folder: string, target: string): Promise<void> {
  const status = await lstat(folder).catch(() => undefined);
  if (status === undefined) return;
  if (!status.isDirectory()) throw new PortError(`${folder} exists and is no folder`, exit.foreign);
  const names = await attempt(folder, () => readdir(folder));
  if (names.length === 0) return;
  if (names.includes('.mesh'))
    throw new PortError(`${folder} is the output of 'mesh apply': compile to another --out`, exit.foreign);
  if (!isOurs(path.join(folder, 'index.json'), target))
    throw new PortError(
      `${folder} exists and holds no index.json of the target ${target}: it isn't replaced`,
      exit.foreign,
    );
}

/**
 * Returns true if mesh wrote an index for this target. Reads only the start of the text, which has the fields that
 * tell: the index of a large mesh has many megabytes.
 */
function isOurs(index: string, target: string): boolean {
  try {
    const head = readStart(index, 4096).toString('utf8');
    const end = head.search(/,\s*"artifacts"\s*:/);
    const written: unknown = JSON.parse(end === -1 ? head : `${head.slice(0, end)}}`);
    const { formatVersion, target: name } = written as Readonly<Record<string, unknown>>;
    return typeof formatVersion === 'string' && name === target;
  } catch {
    return false;
  }
}

/**
 * Replaces the folder by `beside/new` and moves the old folder into `beside`. Runs synchronously: a signal in between
 * would remove `beside` with the old folder.
 */
function exchange(folder: string, beside: string): void {
  const old = path.join(beside, 'old');
  const had = existsSync(folder);
  if (had) renameSync(folder, old);
  try {
    renameSync(path.join(beside, 'new'), folder);
  } catch (error) {
    if (had) renameSync(old, folder);
    throw error;
  }
}

async function attempt<T>(place: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof PortError) throw cause;
    throw new PortError(
      `${place} can't be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`,
      exit.failed,
      {
        cause,
      },
    );
  }
}
