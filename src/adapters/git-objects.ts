import { PortError } from '../ports.ts';
import { gitBatch, gitFailure } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';

/** A file of a tree or of the index. */
export interface GitEntry {
  readonly mode: string;
  readonly object: string;
  readonly path: string;
  /** Above 0 in an index with a merge that is not resolved: one side of it. */
  readonly stage: number;
}

/** The mode of a symbolic link. */
export const symbolicLink = '120000';
const submodule = '160000';

/** The most files of a commit or of the index that are read: half a gigabyte of memory. */
const mostEntries = 1_000_000;

/**
 * The entries of `git ls-tree -z` or `git ls-files --stage -z` below a folder (with a slash at its end, `''` for all), with
 * paths that begin there and without submodules; line by line, without a second copy of the listing. Throws PortError(1)
 * if there are more than `most`.
 */
export function entries(listing: string, prefix: string, most = mostEntries): readonly GitEntry[] {
  const found: GitEntry[] = [];
  for (let start = 0, end = 0; start < listing.length; start = end + 1) {
    end = listing.indexOf('\0', start);
    if (end < 0) end = listing.length;
    const line = listing.slice(start, end);
    const match = /^(\d{6}) (?:(?:blob|commit|tree) ([0-9a-f]+)|([0-9a-f]+) ([0-3]))\t([^]+)$/.exec(line);
    const [, mode = '', inTree, inIndex = '', stage = '0', path = ''] = match ?? [];
    if (match === null || !path.startsWith(prefix) || mode === submodule) continue;
    if (found.length === most)
      throw new PortError(
        `Git lists more than ${String(most)} files${prefix === '' ? '' : ` below ${prefix}`}: keep the mesh in a folder of its own, and name it with --root`,
        1,
      );
    found.push({ mode, object: inTree ?? inIndex, path: path.slice(prefix.length), stage: Number(stage) });
  }
  return found;
}

/** The sizes of objects, in their order. */
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

/** The contents of objects, in their order. */
export async function contents(
  repository: GitRepository,
  objects: readonly string[],
): Promise<readonly Uint8Array[]> {
  if (objects.length === 0) return [];
  const out = await gitBatch(repository, ['cat-file', '--batch'], objects);
  let offset = 0;
  return objects.map((object) => {
    const end = out.indexOf(0x0a, offset);
    const header = out.subarray(offset, end).toString('utf8');
    const size = Number(header.split(' ')[2]);
    if (!Number.isInteger(size)) throw gitFailure(repository, 'git cat-file', header || `${object} missing`);
    const content = out.subarray(end + 1, end + 1 + size);
    offset = end + 1 + size + 1;
    return content;
  });
}
