import { lstat, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { errorCode, fileError } from './file-error.ts';

/** Returns a path with all links in its existing part resolved. Throws PortError(7) at a link that leads nowhere. */
export async function resolvedPath(path: string, what = path): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileError('read', path, error);
    const found = await lstat(path).catch(() => undefined);
    if (found?.isSymbolicLink())
      throw new PortError(
        `${what} is a symbolic link that leads nowhere: make the folder that it leads to, or remove it`,
        exit.foreign,
      );
    const parent = dirname(path);
    return parent === path ? path : join(await resolvedPath(parent, what), path.slice(parent.length));
  }
}

/** Returns true if a path is a folder or lies in it; both are absolute, and either both resolved or both unresolved. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Throws PortError(7) if a symbolic link leads a path below `root` out of `root`; both paths are absolute. */
export async function refuseLinkOut(root: string, path: string): Promise<void> {
  if (!isWithin(path, root)) return;
  const [top, found] = [await realpath(root), await resolvedPath(path)];
  if (isWithin(found, top)) return;
  throw new PortError(
    `${path} leads out of the repository by a symbolic link, to ${found}: name that folder itself, or remove the link`,
    exit.foreign,
  );
}
