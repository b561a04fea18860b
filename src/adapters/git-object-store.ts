import { largestFile } from '../core/source/spec-files.ts';
import type { Candidate, SpecStore } from '../ports/spec-store.ts';
import { isOnBranch } from './git-branches.ts';
import { followed } from './git-links.ts';
import { contents, type GitEntry, sizes, symbolicLink } from './git-objects.ts';
import type { GitRepository } from './git-repository.ts';
import { unreadableFile } from './unreadable-file.ts';

const yamlFile = /\.ya?ml$/;

/** Reads a spec from files of the object database; `commit` is the commit of these files. */
export async function objectStore(
  repository: GitRepository,
  found: readonly GitEntry[],
  description: string,
  commit: string | undefined,
): Promise<SpecStore> {
  const locate = await fileLocator(repository, found);
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
        // A link adds no file if the file that it leads to is read under its own name.
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
      if (entry !== undefined) {
        const [size = 0] = await sizes(repository, [entry.object]);
        if (size > largestFile) throw unreadableFile({ file: name, problem: 'too-large' });
        return (await contents(repository, [entry.object]))[0];
      }
      const isThere = found.some(({ path: own }) => own === name || own.startsWith(`${name}/`));
      if (isThere)
        throw unreadableFile({ file: name, problem: 'unreadable', ...('problem' in problem ? problem : {}) });
      return undefined;
    },
    commit: () => Promise.resolve(commit === undefined ? undefined : { id: commit, dirty: false }),
    isOn: async (branches) => commit !== undefined && isOnBranch(repository, commit, branches),
  };
}

/** The regular file that a path leads to, or the reason that there is none. */
export type Located =
  | { readonly entry: GitEntry }
  | ({ readonly entry?: undefined } & Pick<Candidate, 'problem' | 'detail'>);

/** Follows links among the files of a tree or an index. */
export async function fileLocator(
  repository: GitRepository,
  found: readonly GitEntry[],
): Promise<(file: string) => Located> {
  const byPath = new Map(found.map((entry) => [entry.path, entry]));
  let folders: ReadonlySet<string> | undefined;
  const targets = await linkTargets(
    repository,
    found.filter(({ mode }) => mode === symbolicLink),
  );
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

/** The longest text of a link that Linux takes (PATH_MAX of limits.h), in bytes. */
const longestLink = 4096;
const outside = '/';

/**
 * Returns the texts of links by path. A text that is too long for a link isn't read; the link counts as leading out of
 * the repository.
 */
async function linkTargets(
  repository: GitRepository,
  links: readonly GitEntry[],
): Promise<ReadonlyMap<string, string>> {
  const objects = links.map(({ object }) => object);
  const bytes = await sizes(repository, objects);
  const short = objects.filter((_, i) => (bytes[i] ?? 0) <= longestLink);
  const texts = await contents(repository, short);
  const byObject = new Map(short.map((object, i) => [object, Buffer.from(texts[i] ?? []).toString('utf8')]));
  return new Map(links.map(({ path, object }) => [path, byObject.get(object) ?? outside]));
}

/** Returns every folder that holds an entry, at any depth. */
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
