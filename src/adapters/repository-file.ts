import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { refuseGitDirectory } from './refuse-git-directory.ts';
import { isWithin, resolvedPath } from './resolved-path.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Throws PortError if a file below the root of a mesh repository can't be written because of what is there: a file or
 * device in place of a folder, a link that leads out, or a folder in place of the file.
 */
export async function refuseUnwritable(root: string, file: string): Promise<void> {
  const top = await realpath(root).catch(() => undefined);
  if (top === undefined) return;
  const parts = file.split('/');
  for (const index of parts.keys()) {
    const part = parts.slice(0, index + 1).join('/');
    const absolute = path.join(root, part);
    const isFile = part === file;
    const status = await stat(absolute).catch(() => undefined);
    // The write makes the rest, and replaces a link that leads nowhere if it stands for the file.
    if (status === undefined && (isFile || !(await isLink(absolute)))) return;
    const real = await resolvedPath(absolute);
    if (!isFile && !isWithin(real, top))
      throw new PortError(
        `${file} lies outside the repository: ${part} is a link to ${real}; remove the link, or make it a folder`,
        exit.failed,
      );
    if (isFile ? status?.isFile() : status?.isDirectory()) continue;
    const pipe = status?.isFIFO() === true ? 'a named pipe, ' : '';
    const is = `is ${pipe}${isFile ? 'no regular file' : 'no folder'}`;
    throw new PortError(`${part} ${is}: move it away, since ${file} is written there`, exit.failed);
  }
}

async function isLink(file: string): Promise<boolean> {
  const status = await lstat(file).catch(() => undefined);
  return status?.isSymbolicLink() === true;
}

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
