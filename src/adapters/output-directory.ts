import { randomBytes } from 'node:crypto';
import { link as linkFile, lstat, readdir, readlink, realpath, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { exit } from '../core/exit-code.ts';
import type { Directory, DirectoryEntry, Keeping } from '../ports/directory.ts';
import { PortError } from '../ports/port-error.ts';
import { addDurably, flush, writeDurably } from './durable-files.ts';
import { errorCode as code, fileError as wrapped } from './file-error.ts';
import { fileFacts } from './file-facts.ts';
import { makeFolder } from './make-folder.ts';
import { refuseGitDirectory } from './refuse-git-directory.ts';
import { refuseTracked } from './refuse-tracked.ts';
import { readRegularFile } from './regular-file.ts';
import { isWithin, resolvedPath } from './resolved-path.ts';

/**
 * Opens an output directory on a local file system; it is made by the first write. A path relative to `root` must stay
 * below it, links resolved; an absolute one is taken as it is.
 */
export async function outputDirectory(root: string, path: string): Promise<Directory> {
  const top = await realpath(root);
  const absolute = path.startsWith('/');
  const found = await resolvedPath(
    absolute ? path : join(top, path),
    `the output directory ${JSON.stringify(path)}`,
  );
  if (!absolute && !isWithin(found, top)) {
    throw new PortError(
      `the output directory ${JSON.stringify(path)} leads out of the repository, to ${JSON.stringify(found)}`,
      exit.findings,
    );
  }
  refuseGitDirectory(`the output directory ${JSON.stringify(path)}`, found, exit.findings);
  await refuseInside(found);
  return new LocalDirectory(found);
}

/**
 * Throws PortError(7) for a folder inside the output of another target, environment or mesh: an apply of the other
 * output removes files that it doesn't know.
 */
async function refuseInside(path: string): Promise<void> {
  for (let outer = dirname(path); outer !== dirname(outer); outer = dirname(outer)) {
    const found = await lstat(join(outer, '.mesh', 'state.json')).catch(() => undefined);
    if (found === undefined) continue;
    throw new PortError(
      `the output directory ${JSON.stringify(path)} lies inside ${JSON.stringify(outer)}, which is an output of mesh already: name another folder`,
      exit.foreign,
    );
  }
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** The most bytes of one file of a run, compressed or not; a snapshot of the largest mesh has a quarter. */
const most = 256 * 1024 * 1024;

class LocalDirectory implements Directory {
  readonly path: string;
  private readonly permitted: () => Promise<unknown>;

  constructor(path: string, permitted: () => Promise<unknown> = () => Promise.resolve()) {
    this.path = path;
    this.permitted = permitted;
  }

  guarded(permitted: () => Promise<unknown>): Directory {
    return new LocalDirectory(this.path, permitted);
  }

  async entries(folder: string): Promise<readonly DirectoryEntry[]> {
    const path = await this.inside(folder);
    try {
      const found = await readdir(path, { withFileTypes: true });
      return found
        .map((one): DirectoryEntry => ({ name: one.name, type: typeOf(one) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      if (code(error) === 'ENOENT') return [];
      throw wrapped('list', path, error);
    }
  }

  async read(file: string, { compressed = false }: Keeping = {}): Promise<string | undefined> {
    const path = await this.inside(file);
    try {
      // Yield to the event loop, so that other writes run between repeated reads.
      await setImmediate();
      const bytes = readRegularFile(path, { most });
      return (compressed ? await decompress(bytes, { maxOutputLength: most }) : bytes).toString('utf8');
    } catch (error) {
      if (code(error) === 'ENOENT' || code(error) === 'ENOTDIR') return undefined;
      throw wrapped('read', path, error);
    }
  }

  async linkTarget(link: string): Promise<string | undefined> {
    const path = await this.inside(link);
    try {
      return await readlink(path);
    } catch (error) {
      if (code(error) === 'ENOENT' || code(error) === 'EINVAL') return undefined;
      throw wrapped('read', path, error);
    }
  }

  async facts(path: string): Promise<Awaited<ReturnType<typeof fileFacts>>> {
    return fileFacts(await this.inside(path));
  }

  async createFile(file: string, text: string, keeping: Keeping = {}): Promise<boolean> {
    const path = await this.inside(file);
    let made = false;
    await this.attempt('write', path, async () => {
      await this.makeFolder(dirname(path), keeping);
      const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
      try {
        await writeDurably(temporary, Buffer.from(text, 'utf8'), keeping);
        await this.permitted();
        // A hard link makes the whole file appear at once, and only one of several processes can make it.
        made = await linkFile(temporary, path).then(
          () => true,
          (error: unknown) => {
            // The file is gone: a faster process has removed it.
            if (code(error) === 'EEXIST' || code(error) === 'ENOENT') return false;
            throw error;
          },
        );
      } finally {
        await rm(temporary, { force: true });
      }
      await flush(dirname(path));
    });
    return made;
  }

  async appendFile(file: string, text: string): Promise<void> {
    const path = await this.inside(file);
    await this.attempt('write', path, async () => {
      await this.permitted();
      await addDurably(path, text);
    });
  }

  async replaceFile(file: string, text: string, keeping: Keeping = {}): Promise<void> {
    const path = await this.inside(file);
    await this.attempt('write', path, async () => {
      await this.makeFolder(dirname(path), keeping);
      const temporary = `${path}.new`;
      await rm(temporary, { force: true, recursive: true });
      const bytes = Buffer.from(text, 'utf8');
      await makeOrRemove(temporary, async () => {
        await writeDurably(temporary, keeping.compressed ? await compress(bytes) : bytes, keeping);
        await this.permitted();
        await rename(temporary, path);
      });
      await flush(dirname(path));
    });
  }

  async createFolder(
    folder: string,
    files: readonly { readonly path: string; readonly text: string }[],
    keeping: Keeping = {},
  ): Promise<void> {
    const path = await this.inside(folder);
    for (const file of files) contained(file.path);
    await this.attempt('write', path, async () => {
      await rm(path, { force: true, recursive: true });
      const folders = new Set([path]);
      await makeOrRemove(path, async () => {
        await this.makeFolder(path, keeping);
        for (const file of files) {
          const full = join(path, file.path);
          for (let at = dirname(full); !folders.has(at); at = dirname(at)) folders.add(at);
          await this.makeFolder(dirname(full), keeping);
          await writeDurably(full, Buffer.from(file.text, 'utf8'), keeping);
        }
      });
      // The names in a folder are durable once the folder is synced.
      for (const one of folders) await flush(one);
      await flush(dirname(path));
    });
  }

  async ensureFolder(folder: string): Promise<void> {
    const path = await this.inside(folder);
    await this.attempt('make', path, () => this.makeFolder(path, {}));
  }

  async pointLink(link: string, target: string): Promise<void> {
    const path = await this.inside(link);
    await this.attempt('write', path, async () => {
      await this.makeFolder(dirname(path), {});
      const temporary = `${path}.new`;
      await rm(temporary, { force: true });
      await symlink(target, temporary);
      await this.permitted();
      await rename(temporary, path);
      await flush(dirname(path));
    });
  }

  async refuseTracked(file: string): Promise<void> {
    await refuseTracked(await this.inside(file));
  }

  async move(file: string, to: string): Promise<void> {
    const [from, full] = [await this.inside(file), await this.inside(to)];
    await this.attempt('rename', from, async () => {
      await this.permitted();
      await rename(from, full);
      await flush(dirname(full));
    });
  }

  async remove(path: string): Promise<void> {
    const full = await this.inside(path);
    await this.attempt('remove', full, async () => {
      await this.permitted();
      await rm(full, { force: true, recursive: true });
    });
  }

  /** Returns the absolute path; no part before the last may be a link, since a link could lead anywhere. */
  private async inside(path: string): Promise<string> {
    contained(path);
    const parts = path.split('/').slice(0, -1);
    for (let count = 1; count <= parts.length; count++) {
      const part = parts.slice(0, count).join('/');
      if (part === 'config/current' || part === 'secrets/current') continue;
      const status = await lstat(join(this.path, part)).catch(() => undefined);
      if (status?.isSymbolicLink())
        throw new PortError(`${join(this.path, part)} is a symbolic link and not ours`, exit.foreign);
    }
    return join(this.path, path);
  }

  /** Makes the missing folders and syncs their names. */
  private async makeFolder(path: string, { secret = false }: Keeping): Promise<void> {
    const root = makeFolder(this.path, 0o755);
    if (root !== undefined) await flush(dirname(root));
    const first = makeFolder(path, secret ? 0o700 : 0o755);
    if (first === undefined) return;
    for (let at = path; at.length >= first.length; at = dirname(at)) await flush(dirname(at));
  }

  private async attempt(what: string, path: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      throw error instanceof PortError ? error : wrapped(what, path, error);
    }
  }
}

/** Makes a file or folder; removes the unfinished part after a failure, since the disk may be full. */
async function makeOrRemove(path: string, make: () => Promise<void>): Promise<void> {
  try {
    await make();
  } catch (error) {
    await rm(path, { force: true, recursive: true }).catch(() => undefined);
    throw error;
  }
}

function contained(path: string): void {
  const parts = path.split('/');
  if (path.startsWith('/') || parts.includes('..') || parts.includes('') || path.includes('\0')) {
    throw new PortError(`the path ${JSON.stringify(path)} leads out of the output directory`, exit.failed);
  }
}

function typeOf(entry: {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}): DirectoryEntry['type'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}
