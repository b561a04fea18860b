import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Candidate, PortError, type SpecStore } from '../ports.ts';
import { isOnBranch, isTip } from './git-branches.ts';
import { followed } from './git-links.ts';
import { contents, entries, type GitEntry, sizes, symbolicLink } from './git-objects.ts';
import { git } from './git-process.ts';
import { leftover } from './leftovers.ts';
import { unreadableFile } from './unreadable-file.ts';

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
  const folder = path.join(tmpdir(), `meshwright-repo-${randomUUID()}`);
  // Known before it is there: a signal can come at any moment.
  const { forget } = leftover(folder);
  const dispose = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    forget();
  };
  try {
    await mkdir(folder, { mode: 0o700 });
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
    const isOn = async (branches: readonly string[]): Promise<boolean> =>
      isTip(folder, url, (await store.commit())?.id, branches);
    return { store: { ...store, isOn, description: `${masked(url)} at ${wanted}` }, dispose };
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

async function objectStore(
  repository: string,
  found: readonly GitEntry[],
  description: string,
  commit: string | undefined,
): Promise<SpecStore> {
  const locate = await locator(repository, found);
  return {
    description,
    async list(): Promise<readonly Candidate[]> {
      const paths = new Set(found.map(({ path: own }) => own).filter((own) => yamlFile.test(own)));
      const located = [...paths].map((file) => ({ file, ...locate(file) }));
      const objects = located.flatMap(({ entry }) => entry?.object ?? []);
      const bytes = await sizes(repository, objects);
      const size = new Map(objects.map((object, i) => [object, bytes[i] ?? 0]));
      return located.flatMap(({ file, entry, ...problem }): readonly Candidate[] => {
        if (entry === undefined) return [{ file, size: 0, ...problem }];
        // A link to a file that is read under its own name says nothing new.
        if (entry.path !== file && paths.has(entry.path)) return [];
        return [{ file, size: size.get(entry.object) ?? 0 }];
      });
    },
    async read(files) {
      const wanted = files.flatMap((file) => {
        const { entry } = locate(file);
        return entry === undefined ? [] : [{ file, object: entry.object }];
      });
      const bytes = await contents(
        repository,
        wanted.map(({ object }) => object),
      );
      return {
        sources: wanted.map(({ file }, i) => ({ file, bytes: bytes[i] ?? new Uint8Array() })),
        unreadable: [],
      };
    },
    async file(name) {
      const { entry, ...problem } = locate(name);
      if (entry !== undefined) return (await contents(repository, [entry.object]))[0];
      const isThere = found.some(({ path: own }) => own === name || own.startsWith(`${name}/`));
      if (isThere)
        throw unreadableFile({ file: name, problem: 'unreadable', ...('problem' in problem ? problem : {}) });
      return undefined;
    },
    commit: () => Promise.resolve(commit === undefined ? undefined : { id: commit, dirty: false }),
    isOn: async (branches) => commit !== undefined && isOnBranch(repository, commit, branches),
  };
}

/** The regular file that a path leads to, or why there is none. */
type Located =
  | { readonly entry: GitEntry }
  | ({ readonly entry?: undefined } & Pick<Candidate, 'problem' | 'detail'>);

async function locator(repository: string, found: readonly GitEntry[]): Promise<(file: string) => Located> {
  const byPath = new Map(found.map((entry) => [entry.path, entry]));
  let folders: ReadonlySet<string> | undefined;
  const links = found.filter(({ mode }) => mode === symbolicLink);
  const texts = await contents(
    repository,
    links.map(({ object }) => object),
  );
  const targets = new Map(links.map((link, i) => [link.path, Buffer.from(texts[i] ?? []).toString('utf8')]));
  return (file) => {
    const end = followed(file, (link) => targets.get(link));
    if (!('path' in end)) return end;
    const entry = byPath.get(end.path);
    if (entry === undefined) {
      folders ??= foldersOf(found);
      return folders.has(end.path) ? { problem: 'not-a-file' } : { problem: 'unreadable', detail: 'ENOENT' };
    }
    if (entry.stage === 0) return { entry };
    return { problem: 'unreadable', detail: 'its merge is not resolved' };
  };
}

/** Every folder that holds an entry, at any depth. */
function foldersOf(found: readonly GitEntry[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { path: file } of found) {
    let slash = file.lastIndexOf('/');
    while (slash > 0 && !folders.has(file.slice(0, slash))) {
      folders.add(file.slice(0, slash));
      slash = file.lastIndexOf('/', slash - 1);
    }
  }
  return folders;
}
