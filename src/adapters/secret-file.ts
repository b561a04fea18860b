import { open } from 'node:fs/promises';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { refuseTracked } from './refuse-tracked.ts';

/** Writes a new file that only its owner may read. Throws if the file exists, or if Git would track it. */
export async function writeSecret(file: string, text: string): Promise<void> {
  const absolute = path.resolve(file);
  await refuseTracked(absolute);
  try {
    const handle = await open(absolute, 'wx', 0o600);
    try {
      await handle.chmod(0o600);
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
      exit.failed,
      { cause: error },
    );
  }
}
