import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Source, SourceSet, UnreadableSource } from '../core/source/source.ts';
import type { Candidate, SpecStore } from '../ports.ts';
import { git } from './git-process.ts';

const yamlFile = /\.ya?ml$/;

/** Reads a spec from the files below `root`; what Git ignores is skipped, without a repository nothing is ignored. */
export function workingTreeStore(root: string): SpecStore {
  const asked = new Set<string>();
  return {
    description: root,
    async list() {
      const found = await candidates(root);
      for (const { file } of found) asked.add(file);
      return found;
    },
    async read(files) {
      const results = await inTurns(files, (file) => source(root, file));
      return {
        sources: results.filter((result): result is Source => 'bytes' in result),
        unreadable: results.filter((result): result is UnreadableSource => 'problem' in result),
      } satisfies SourceSet;
    },
    async file(name) {
      asked.add(name);
      const found = await source(root, name);
      return 'bytes' in found ? found.bytes : undefined;
    },
    async commit() {
      const head = await git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']);
      if (head.failed) return undefined;
      const status = await git(root, [
        'status',
        '--porcelain=v1',
        '-z',
        '--untracked-files=all',
        '--no-renames',
        '--',
        '.',
      ]);
      return { id: head.out.trim(), dirty: status.failed || differs(status.out, asked) };
    },
  };
}

/** Whether a status names a change of what Git knows, or a new file that was asked for: others say nothing of the spec. */
function differs(status: string, asked: ReadonlySet<string>): boolean {
  const untracked = '?? ';
  return status
    .split('\0')
    .filter(Boolean)
    .some((line) => !line.startsWith(untracked) || isAsked(line.slice(untracked.length), asked));
}

/** Paths of a status begin at the top of the repository, those that were asked for at the root of the mesh. */
function isAsked(path: string, asked: ReadonlySet<string>): boolean {
  for (let start = 0; ; ) {
    if (asked.has(path.slice(start))) return true;
    const next = path.indexOf('/', start);
    if (next < 0) return false;
    start = next + 1;
  }
}

async function candidates(root: string): Promise<readonly Candidate[]> {
  const listing = await git(root, [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    '*.yaml',
    '*.yml',
  ]);
  const files = !listing.failed ? listing.out.split('\0').filter(Boolean) : await walked(root, '');
  const real = await realpath(root);
  const found = await inTurns([...new Set(files)].sort(), (file) => candidate(root, real, file));
  const own = new Set(found.flatMap((entry) => (entry?.link === undefined ? (entry?.file ?? []) : [])));
  // A link to a file that is read under its own name says nothing new.
  return found.flatMap((entry) => (entry && !(entry.link !== undefined && own.has(entry.link)) ? entry : []));
}

type Found = Candidate & { readonly link?: string };

async function candidate(root: string, real: string, file: string): Promise<Found | undefined> {
  const absolute = path.join(root, file);
  try {
    const target = await realpath(absolute);
    const relative = path.relative(real, target).split(path.sep).join('/');
    if (relative.startsWith('../') || relative === '..' || path.isAbsolute(relative)) {
      return { file, size: 0, problem: 'outside-root' };
    }
    const { size } = await stat(target);
    if (!(await stat(target)).isFile()) return { file, size: 0, problem: 'not-a-file' };
    return relative === file ? { file, size } : { file, size, link: relative };
  } catch (error) {
    return missing(absolute, file, error as NodeJS.ErrnoException);
  }
}

/** A file that is gone is no candidate; a link that leads nowhere, or a file that may not be read, is a problem. */
async function missing(
  absolute: string,
  file: string,
  error: NodeJS.ErrnoException,
): Promise<Found | undefined> {
  const there = await lstat(absolute).then(
    () => true,
    () => false,
  );
  if (!there) return undefined;
  return { file, size: 0, problem: 'unreadable', detail: error.code ?? 'unknown' };
}

async function source(root: string, file: string): Promise<Source | UnreadableSource> {
  try {
    const absolute = path.join(root, file);
    const relative = path.relative(await realpath(root), await realpath(absolute));
    if (relative.startsWith('..') || path.isAbsolute(relative)) return { file, problem: 'outside-root' };
    return { file, bytes: await readFile(absolute) };
  } catch (error) {
    return { file, problem: 'unreadable', detail: (error as NodeJS.ErrnoException).code ?? 'unknown' };
  }
}

/** Every YAML file below a folder, without dot-folders; links to folders are not entered. */
async function walked(root: string, folder: string): Promise<string[]> {
  const here = await readdir(path.join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    here.map(async (entry) => {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory())
        return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : walked(root, name);
      return yamlFile.test(entry.name) ? [name] : [];
    }),
  );
  return found.flat();
}

/** Like `map`, at most 64 at a time, so that no limit on open files is met. */
async function inTurns<T, R>(items: readonly T[], one: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const i = next++;
      results[i] = await one(items[i] as T);
    }
  };
  await Promise.all(Array.from({ length: 64 }, lane));
  return results;
}
