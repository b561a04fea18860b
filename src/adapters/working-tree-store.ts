import { lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Source, SourceSet, UnreadableSource } from '../core/source/source.ts';
import { meshFile } from '../core/source/spec-files.ts';
import type { Candidate, SpecStore } from '../ports/spec-store.ts';
import { errorCode } from './file-error.ts';
import { type FoundFile, fileTree } from './file-tree.ts';
import { findRepository, folderIn } from './find-repository.ts';
import { isOnBranch } from './git-branches.ts';
import { headCommit } from './git-head.ts';
import { commitEntries, trackableFiles } from './git-listing.ts';
import { fileLocator } from './git-object-store.ts';
import type { GitRepository } from './git-repository.ts';
import { filesOfMesh, specChanges } from './spec-changes.ts';
import { unreadableFile } from './unreadable-file.ts';

const yamlFile = /\.ya?ml$/;

/** Reads a spec from the files below `root`; what Git ignores is skipped, without a repository nothing is ignored. */
export function workingTreeStore(root: string): SpecStore {
  const tree = fileTree(root);
  let listed: readonly string[] | undefined;
  const contents = new Map<string, Uint8Array | undefined>();
  let found: Promise<GitRepository | undefined> | undefined;
  const repositoryOf = (): Promise<GitRepository | undefined> => (found ??= findRepository(root));
  /** Returns the candidates; if the caller has listed none, lists them and reads the whole spec first. */
  const readFiles = async (): Promise<readonly string[]> => {
    if (listed !== undefined) return listed;
    const files = (await store.list()).map(({ file }) => file);
    await store.read(files.filter((file) => file === meshFile));
    await store.read(filesOfMesh(files, contents.get(meshFile)));
    return files;
  };
  const store: SpecStore = {
    description: root,
    async list() {
      const all = candidates(await yamlFiles(root, await repositoryOf()), tree.find);
      listed = all.map(({ file }) => file);
      return all;
    },
    read(files) {
      const results = files.map(tree.read);
      for (const result of results) contents.set(result.file, 'bytes' in result ? result.bytes : undefined);
      return Promise.resolve({
        sources: results.filter((result): result is Source => 'bytes' in result),
        unreadable: results.filter((result): result is UnreadableSource => 'problem' in result),
      } satisfies SourceSet);
    },
    file(name) {
      const result = tree.read(name);
      contents.set(name, 'bytes' in result ? result.bytes : undefined);
      if ('bytes' in result) return Promise.resolve(result.bytes);
      return isAbsent(root, name) ? Promise.resolve(undefined) : Promise.reject(unreadableFile(result));
    },
    async commit() {
      const repository = await repositoryOf();
      if (repository === undefined) return undefined;
      const id = await headCommit(repository);
      if (id === undefined) return undefined;
      const entries = await commitEntries(repository, id, folderIn(repository, root));
      const locate = await fileLocator(repository, entries);
      const changes = specChanges({ entries, locate }, { listed: await readFiles(), contents });
      return { id, dirty: changes.length > 0, ...(changes.length > 0 && { changes }) };
    },
    async isOn(branches) {
      const repository = await repositoryOf();
      if (repository === undefined) return false;
      const id = await headCommit(repository);
      return id !== undefined && isOnBranch(repository, id, branches);
    },
  };
  return store;
}

/** Returns true if a name certainly doesn't exist; false for a dangling link or an unreadable folder. */
function isAbsent(root: string, name: string): boolean {
  try {
    return lstatSync(path.join(root, name), { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    return errorCode(error) === 'ENOTDIR';
  }
}

function candidates(
  files: readonly string[],
  find: (file: string) => FoundFile | undefined,
): readonly Candidate[] {
  const found = files.flatMap((file) => find(file) ?? []);
  const own = new Set(found.flatMap(({ link, file }) => (link === undefined ? file : [])));
  // A link adds no file if the file that it leads to is read under its own name.
  return found.filter(({ link }) => link === undefined || !own.has(link));
}

/** Returns the YAML files, each once, in order of name. */
async function yamlFiles(root: string, repository: GitRepository | undefined): Promise<readonly string[]> {
  if (repository !== undefined) return trackableFiles(repository, root, ['*.yaml', '*.yml']);
  return [...new Set(await walk(root, ''))].sort();
}

/** Returns every YAML file below a folder, without dot-folders; links to folders are not entered. */
async function walk(root: string, folder: string): Promise<string[]> {
  const here = await readdir(path.join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    here.map(async (entry) => {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory())
        return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : walk(root, name);
      return yamlFile.test(entry.name) ? [name] : [];
    }),
  );
  return found.flat();
}
