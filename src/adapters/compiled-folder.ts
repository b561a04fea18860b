import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CompiledFile, type CompiledFolder, PortError } from '../ports.ts';
import { refuseTracked } from './secret-file.ts';

const ownership = 7;

/** Opens `OUT/TARGET`; nothing is written before `replace`, except that OUT is made. */
export async function compiledFolder(out: string, target: string): Promise<CompiledFolder> {
  const parent = await attempt(out, async () => {
    await mkdir(out, { recursive: true });
    return realpath(out);
  });
  const folder = path.join(parent, target);
  await refuseForeign(folder, target);
  return {
    path: folder,
    async replace(files, links) {
      if (files.some(({ secret }) => secret)) await refuseTracked(path.join(folder, 'secrets'), parent);
      const beside = path.join(parent, `.${target}.${randomBytes(6).toString('hex')}`);
      await attempt(folder, async () => {
        try {
          await writeAll(path.join(beside, 'new'), files, links);
          await exchange(folder, beside);
        } finally {
          await rm(beside, { recursive: true, force: true });
        }
      });
    },
  };
}

/** What is there must be the output of an earlier compile of the same target, or nothing. */
async function refuseForeign(folder: string, target: string): Promise<void> {
  const status = await lstat(folder).catch(() => undefined);
  if (status === undefined) return;
  if (!status.isDirectory()) throw new PortError(`${folder} exists and is no folder`, ownership);
  const names = await attempt(folder, () => readdir(folder));
  if (names.length === 0) return;
  if (names.includes('.mesh'))
    throw new PortError(`${folder} is the output of 'mesh apply': compile to another --out`, ownership);
  if (!(await isOurs(path.join(folder, 'index.json'), target)))
    throw new PortError(
      `${folder} exists and holds no index.json of the target ${target}: it isn't replaced`,
      ownership,
    );
}

async function isOurs(index: string, target: string): Promise<boolean> {
  try {
    const written: unknown = JSON.parse(await readFile(index, 'utf8'));
    const { formatVersion, target: name } = written as Readonly<Record<string, unknown>>;
    return typeof formatVersion === 'string' && name === target;
  } catch {
    return false;
  }
}

async function writeAll(
  folder: string,
  files: readonly CompiledFile[],
  links: Parameters<CompiledFolder['replace']>[1],
): Promise<void> {
  const made = new Map<string, boolean>();
  for (const { path: file, secret = false } of files) made.set(path.dirname(file), secret);
  for (const { path: link } of links) made.set(path.dirname(link), made.get(path.dirname(link)) ?? false);
  await mkdir(folder, { recursive: true });
  for (const [name, secret] of made)
    await mkdir(inside(folder, name), { recursive: true, ...(secret && { mode: 0o700 }) });
  for (const { path: file, text, secret } of files)
    await writeFile(inside(folder, file), text, { flag: 'wx', ...(secret && { mode: 0o600 }) });
  for (const { path: link, target } of links) await symlink(target, inside(folder, link));
}

/** Puts `beside/new` where the folder is; what was there goes with `beside`. */
async function exchange(folder: string, beside: string): Promise<void> {
  const old = path.join(beside, 'old');
  const had = await rename(folder, old).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await rename(path.join(beside, 'new'), folder);
  } catch (error) {
    if (had) await rename(old, folder);
    throw error;
  }
}

function inside(folder: string, name: string): string {
  const full = path.join(folder, name);
  if (full !== folder && !full.startsWith(folder + path.sep))
    throw new PortError(`${JSON.stringify(name)} leads out of the output`, 1);
  return full;
}

async function attempt<T>(place: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof PortError) throw cause;
    throw new PortError(
      `${place} can't be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`,
      1,
      {
        cause,
      },
    );
  }
}
