import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { refuseGitDirectory } from './refuse-git-directory.ts';
import { isWithin, resolvedPath } from './resolved-path.ts';
import { writeWhole } from './write-whole.ts';

/** Writes a file below the root of a mesh repository, whole or not at all; no link on the way leads out of it. */
export async function writeRepositoryFile(root: string, file: string, text: string): Promise<void> {
  const absolute = path.join(root, file);
  const folder = path.dirname(absolute);
  try {
    // Check before making a folder: a link could lead out of the repository.
    const [real, top] = await Promise.all([resolvedPath(folder), realpath(root)]);
    if (!isWithin(real, top))
      throw new PortError(`${file} lies outside the repository: ${folder} is a link to ${real}`, exit.failed);
    refuseGitDirectory(`${file}, by a link to ${real},`, real, exit.failed);
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await writeWhole(absolute, text, 0o644);
  } catch (cause) {
    if (cause instanceof PortError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new PortError(`${absolute} can't be written (${code})`, exit.failed, { cause });
  }
}
