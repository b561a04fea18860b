import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Candidate, PortError, type SpecStore } from '../ports.ts';
import { candidate, contents, entries, type GitEntry, sizes } from './git-objects.ts';
import { git } from './git-process.ts';

const yamlFile = /\.ya?ml$/;

/** Reads a spec out of Git's index; `root` is the folder of mesh.yaml in the working tree. */
export async function stagedStore(root: string): Promise<SpecStore> {
  const { repository, prefix } = await place(root);
  const listing = await git(repository, ['ls-files', '--stage', '-z']);
  if (listing.failed) throw new PortError(`Git can't list the index: ${listing.error}`, 15);
  return objectStore(repository, entries(listing.out, prefix), 'the index', undefined);
}

/** Reads a spec out of a commit, from the object database: nothing is checked out. */
export async function revisionStore(root: string, revision: string): Promise<SpecStore> {
  const { repository, prefix } = await place(root);
  return commitStore(repository, prefix, revision);
}

/** Reads a spec out of another repository; what is fetched (one commit) goes with `dispose`. */
export async function remoteStore(
  url: string,
  revision: string | undefined,
): Promise<{ readonly store: SpecStore; readonly dispose: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'meshwright-repo-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await git(folder, ['init', '--quiet', '--bare']);
    const wanted = revision ?? 'HEAD';
    const fetched = await git(folder, [
      'fetch',
      '--quiet',
      '--depth=1',
      '--no-tags',
      '--end-of-options',
      url,
      wanted,
    ]);
    if (fetched.failed)
      throw new PortError(`${wanted} can't be fetched from ${masked(url)}: ${masked(fetched.error)}`, 15);
    const store = await commitStore(folder, '', 'FETCH_HEAD');
    return { store: { ...store, description: `${masked(url)} at ${wanted}` }, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Text without the passwords and tokens that URLs carry. */
function masked(text: string): string {
  return text.replace(/(\w+:\/\/)[^/@\s]+@/g, '$1***@');
}

async function place(root: string): Promise<{ readonly repository: string; readonly prefix: string }> {
  const top = await git(root, ['rev-parse', '--show-toplevel', '--show-prefix']);
  if (top.failed) throw new PortError(`${root} is not in a Git repository: ${top.error}`, 15);
  const [repository = root, prefix = ''] = top.out.split('\n');
  return { repository, prefix };
}

async function commitStore(repository: string, prefix: string, revision: string): Promise<SpecStore> {
  const named = await git(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  if (named.failed) throw new PortError(`Git knows no commit ${JSON.stringify(revision)} here`, 15);
  const id = named.out.trim();
  const listing = await git(repository, ['ls-tree', '-r', '-z', '--full-tree', id]);
  if (listing.failed) throw new PortError(`Git can't list commit ${id}: ${listing.error}`, 15);
  return objectStore(repository, entries(listing.out, prefix), `${revision} (${id.slice(0, 7)})`, id);
}

function objectStore(
  repository: string,
  found: readonly GitEntry[],
  description: string,
  commit: string | undefined,
): SpecStore {
  const byPath = new Map(found.map((entry) => [entry.path, entry]));
  const objectsOf = (files: readonly string[]): GitEntry[] => files.flatMap((file) => byPath.get(file) ?? []);
  return {
    description,
    async list(): Promise<readonly Candidate[]> {
      const yaml = found.filter((entry) => yamlFile.test(entry.path));
      const bytes = await sizes(
        repository,
        yaml.map(({ object }) => object),
      );
      return yaml.map((entry, i) => candidate(entry, bytes[i] ?? 0));
    },
    async read(files) {
      const wanted = objectsOf(files);
      const bytes = await contents(
        repository,
        wanted.map(({ object }) => object),
      );
      return {
        sources: wanted.map((entry, i) => ({ file: entry.path, bytes: bytes[i] ?? new Uint8Array() })),
        unreadable: [],
      };
    },
    async file(name) {
      const [bytes] = await contents(
        repository,
        objectsOf([name]).map(({ object }) => object),
      );
      return bytes;
    },
    commit: () => Promise.resolve(commit === undefined ? undefined : { id: commit, dirty: false }),
  };
}
