import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PortError } from '../ports.ts';

/** A file below a folder as text; nothing where there is none. */
export async function readTextFile(root: string, file: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(root, file), 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new PortError(`${path.join(root, file)} can't be read (${code ?? 'unknown'})`, 1, { cause });
  }
}
