import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { largestFile } from '../core/source/spec-files.ts';
import { PortError } from '../ports/port-error.ts';
import { reasonOf } from './file-error.ts';
import { readRegularFile } from './regular-file.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Replaces a file below the root of a mesh repository by one rename and keeps its mode. A link stays a link, and must
 * not lead out of the root. Throws if the file no longer holds `before`.
 */
export async function rewriteFile(
  root: string,
  file: string,
  before: Uint8Array,
  text: string,
): Promise<void> {
  const named = path.join(root, file);
  try {
    const [real, top] = await Promise.all([realpath(named), realpath(root)]);
    if (!real.startsWith(top + path.sep))
      throw new PortError(`${file} lies outside the repository: it is a link to ${real}`, exit.failed);
    if (!readRegularFile(real, { most: largestFile }).equals(before))
      throw new PortError(
        `${file} was changed by someone else meanwhile: nothing of it was written`,
        exit.failed,
      );
    const { mode } = await stat(real);
    await writeWhole(real, text, mode & 0o7777, true);
  } catch (cause) {
    if (cause instanceof PortError) throw cause;
    throw new PortError(`${named} can't be written (${reasonOf(cause)})`, exit.failed, { cause });
  }
}
