import path from 'node:path';
import { UsageError } from '../core/usage-error.ts';
import type { OpenedStore, StoreChoice } from '../ports/spec-store.ts';
import { findRepository, folderIn } from './find-repository.ts';
import { revisionStore, stagedStore } from './git-store.ts';
import { pathExists } from './path-exists.ts';
import { remoteStore } from './remote-store.ts';
import { resultMemory } from './result-memory.ts';
import { standardInputStore } from './standard-input-store.ts';
import { workingTreeStore } from './working-tree-store.ts';

/** Default time that the server of another repository may take, in milliseconds. */
const fetchTimeout = 120_000;

/**
 * Opens the store that the options name; the root is the folder of mesh.yaml, searched upwards from here unless given.
 */
export async function openSpecStore(choice: StoreChoice): Promise<OpenedStore> {
  const named = [
    choice.standardInput && '-',
    choice.staged && '--staged',
    choice.revision !== undefined && '--revision',
  ].filter(Boolean);
  if (named.length > 1 || (choice.repo !== undefined && (choice.standardInput || choice.staged))) {
    throw new UsageError('-, --staged and --revision exclude each other: give one');
  }
  if (choice.standardInput) return opened(standardInputStore(process.stdin), process.cwd());
  if (choice.repo !== undefined) {
    const { store, dispose } = await remoteStore(
      choice.repo,
      choice.revision,
      choice.timeout ?? fetchTimeout,
    );
    return { store, root: process.cwd(), prefix: () => Promise.resolve(''), dispose };
  }
  const root = await rootFolder(choice);
  if (choice.staged) return opened(await stagedStore(root), root);
  if (choice.revision !== undefined) return opened(await revisionStore(root, choice.revision), root);
  return opened(workingTreeStore(root), root);
}

function opened(bare: OpenedStore['store'], root: string): OpenedStore {
  const memory = resultMemory(root);
  const store = memory === undefined ? bare : { ...bare, memory };
  return { store, root, prefix: () => prefixOf(root), dispose: () => Promise.resolve() };
}

/** Throws UsageError if the file of the mesh has a name that is not read. */
async function refuseOtherName(folder: string): Promise<void> {
  for (const name of ['mesh.yml', 'Mesh.yaml', 'Mesh.yml']) {
    if (!(await pathExists(path.join(folder, name)))) continue;
    throw new UsageError(`there is no mesh.yaml in ${folder}, but ${name}: rename ${name} to mesh.yaml`);
  }
}

/** Returns the path from the top of the Git repository to a folder in it, with a final slash; empty at the top. */
export async function prefixOf(root: string): Promise<string> {
  const repository = await findRepository(root);
  return repository === undefined ? '' : folderIn(repository, root);
}

/** Returns the nearest folder upwards that holds a mesh.yaml. */
async function rootFolder({ root, staged, revision }: StoreChoice): Promise<string> {
  if (root !== undefined) {
    const folder = path.resolve(root);
    if (staged || revision !== undefined || (await pathExists(path.join(folder, 'mesh.yaml')))) return folder;
    await refuseOtherName(folder);
    throw new UsageError(`there is no mesh.yaml in ${folder}: 'mesh init' writes one`);
  }
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    if (await pathExists(path.join(folder, 'mesh.yaml'))) return folder;
    if (folder === path.dirname(folder)) break;
  }
  if (staged || revision !== undefined) return process.cwd();
  await refuseOtherName(process.cwd());
  throw new UsageError(
    "there is no mesh.yaml here or in a folder above: 'mesh init' writes one, --root names its folder",
  );
}
