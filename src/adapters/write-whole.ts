import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { leftover } from './leftovers.ts';

/**
 * Writes a file as a whole or not at all: writes a file beside it, syncs it, and renames it. With `isExact` the umask
 * has no effect on the mode.
 */
export async function writeWhole(
  file: string,
  text: string | Iterable<string>,
  mode: number,
  isExact = false,
): Promise<void> {
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}`);
  const { forget } = leftover(beside);
  try {
    const handle = await open(beside, 'wx', mode);
    try {
      if (isExact) await handle.chmod(mode);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    const folder = await open(path.dirname(file), 'r');
    await folder.sync();
    await folder.close();
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  } finally {
    forget();
  }
}
