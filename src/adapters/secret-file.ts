import { open } from 'node:fs/promises';
import path from 'node:path';
import { PortError } from '../ports.ts';
import { git } from './git-process.ts';

/** Writes a new file that only its owner may read; never over another, and never where Git would track it. */
export async function writeSecret(file: string, text: string): Promise<void> {
  const absolute = path.resolve(file);
  await refuseTracked(absolute, path.dirname(absolute));
  try {
    const handle = await open(absolute, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new PortError(
      code === 'EEXIST'
        ? `${file} exists and is not overwritten`
        : `${file} can't be written (${String(code)})`,
      1,
      { cause: error },
    );
  }
}

/** Rejects where a private key would be written to a place that Git tracks; `folder` is a folder above it that exists. */
export async function refuseTracked(file: string, folder: string): Promise<void> {
  const inside = await git(folder, ['rev-parse', '--is-inside-work-tree']);
  if (inside.failed || inside.out.trim() !== 'true') return;
  const ignored = await git(folder, ['check-ignore', '--quiet', '--', file]);
  if (ignored.failed)
    throw new PortError(
      `${file} would hold a private key where Git would track it: write it elsewhere, or ignore it`,
      1,
    );
}
