import { open } from 'node:fs/promises';
import { PortError } from '../ports.ts';

/** More than any plan of a mesh has; what is longer is no file of ours. */
const most = 256 * 1024 * 1024;

/** The text of a file that the user named; rejects (1) where it can't be read. */
export async function readNamedFile(file: string): Promise<string> {
  try {
    const handle = await open(file);
    try {
      const status = await handle.stat();
      if (status.isFile() && status.size > most) throw new PortError(`${file} is too large to be a plan`, 1);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof PortError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new PortError(`${file} can't be read (${code})`, 1, { cause });
  }
}
