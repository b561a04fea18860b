import { mostFiles, tooManyFiles } from './git-lines.ts';
import { gitFailure } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';
import { gitBatch } from './git-stream.ts';

/** A file of a tree or of the index. */
export interface GitEntry {
  readonly mode: string;
  readonly object: string;
  readonly path: string;
  /** Above 0 for one side of an unresolved merge in the index. */
  readonly stage: number;
}

/** The mode of a symbolic link. */
export const symbolicLink = '120000';
const submodule = '160000';

/** Collects the entries of a listing, line by line. */
export interface EntryCollector {
  readonly take: (line: string) => void;
  readonly found: readonly GitEntry[];
}

/**
 * Collects the entries of `git ls-tree -z` or `git ls-files --stage -z` below a folder (with a slash at its end, `''`
 * for all), with paths relative to the folder and without submodules. `take` throws PortError(1) if there are more than
 * `most`, submodules included.
 */
export function entryCollector(prefix: string, most = mostFiles): EntryCollector {
  const found: GitEntry[] = [];
  let count = 0;
  const take = (line: string): void => {
    const match = /^(\d{6}) (?:(?:blob|commit|tree) ([0-9a-f]+)|([0-9a-f]+) ([0-3]))\t([^]+)$/.exec(line);
    const [, mode = '', inTree, inIndex = '', stage = '0', path = ''] = match ?? [];
    if (match === null || !path.startsWith(prefix)) return;
    if (++count > most) throw tooManyFiles(prefix, most);
    if (mode === submodule) return;
    found.push({ mode, object: inTree ?? inIndex, path: path.slice(prefix.length), stage: Number(stage) });
  };
  return { take, found };
}

/** Returns the sizes of objects, in their order. */
export async function sizes(
  repository: GitRepository,
  objects: readonly string[],
): Promise<readonly number[]> {
  if (objects.length === 0) return [];
  const out = await gitBatch(repository, ['cat-file', '--batch-check=%(objectsize)'], objects);
  const lines = out.toString('utf8').trim().split('\n');
  return objects.map((object, i) => {
    const size = Number(lines[i]);
    if (!Number.isInteger(size))
      throw gitFailure(repository, 'git cat-file', lines[i] ?? `${object} missing`);
    return size;
  });
}

/** Returns the contents of objects, in their order; an object of several files is read and kept once. */
export async function contents(
  repository: GitRepository,
  objects: readonly string[],
): Promise<readonly Uint8Array[]> {
  if (objects.length === 0) return [];
  const different = [...new Set(objects)];
  const out = await gitBatch(repository, ['cat-file', '--batch'], different);
  let offset = 0;
  const read = different.map((object) => {
    const end = out.indexOf(0x0a, offset);
    const header = out.subarray(offset, end).toString('utf8');
    const size = Number(header.split(' ')[2]);
    if (!Number.isInteger(size)) throw gitFailure(repository, 'git cat-file', header || `${object} missing`);
    const content = out.subarray(end + 1, end + 1 + size);
    offset = end + 1 + size + 1;
    return [object, content] as const;
  });
  const byObject = new Map(read);
  return objects.map((object) => byObject.get(object) ?? new Uint8Array());
}
