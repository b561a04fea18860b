import path from 'node:path';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { Source } from '../core/source/source.ts';
import { unreadable } from '../core/spec/unreadable.ts';
import { UsageError } from '../core/usage-error.ts';
import type { OpenSpecStore, StoreChoice } from '../ports/spec-store.ts';
import { specSources } from './load-mesh.ts';
import { withStore } from './with-store.ts';

/** A file to format, with the root of its mesh. */
export interface FileToFormat {
  readonly root: string;
  readonly source: Source;
}

/** The files that a command line names. */
export interface FilesToFormat {
  readonly files: readonly FileToFormat[];
  /** Files that couldn't be read. */
  readonly diagnostics: readonly Diagnostic[];
  /** Names of files that belong to no mesh; they are not formatted. */
  readonly foreign: readonly string[];
}

/** The folder and files in which names are looked up. */
export interface LookUp {
  readonly openSpecStore: OpenSpecStore;
  readonly pathExists: (file: string) => Promise<boolean>;
  readonly workingDirectory: string;
}

/**
 * Returns the files of the mesh that the options name. If the command line names files and folders, returns only these,
 * each with the root of the mesh above it. Throws a UsageError (64) for a name that doesn't exist.
 */
export async function filesToFormat(
  names: readonly string[],
  choice: StoreChoice,
  lookUp: LookUp,
): Promise<FilesToFormat> {
  if (names.length === 0 || choice.standardInput) return filesBelow(choice, [], lookUp);
  const found: FilesToFormat[] = [];
  const byFolder = new Map<string, string[]>();
  for (const name of names) {
    const file = path.resolve(lookUp.workingDirectory, name);
    if (choice.revision === undefined && !choice.staged && !(await lookUp.pathExists(file)))
      throw new UsageError(`there is no file ${name}`);
    const folder = await rootAbove(file, choice, lookUp);
    if (folder === undefined) found.push({ files: [], diagnostics: [], foreign: [name] });
    else byFolder.set(folder, [...(byFolder.get(folder) ?? []), name]);
  }
  for (const [root, own] of byFolder) found.push(await filesBelow({ ...choice, root }, own, lookUp));
  return {
    files: found.flatMap(({ files }) => files),
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
    foreign: found.flatMap(({ foreign }) => foreign),
  };
}

/** Returns the root of the mesh that a file or folder is in. */
async function rootAbove(
  file: string,
  { root }: StoreChoice,
  { pathExists, workingDirectory }: LookUp,
): Promise<string | undefined> {
  if (root !== undefined) return path.resolve(workingDirectory, root);
  for (let folder = file; ; folder = path.dirname(folder)) {
    if (await pathExists(path.join(folder, 'mesh.yaml'))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

function filesBelow(
  choice: StoreChoice,
  names: readonly string[],
  { openSpecStore, workingDirectory }: LookUp,
): Promise<FilesToFormat> {
  return withStore(openSpecStore, choice, async ({ store, root }) => {
    const read = await specSources(store);
    const wanted = names.map((name) => ({
      name,
      relative: path.relative(root, path.resolve(workingDirectory, name)).split(path.sep).join('/'),
    }));
    const isWanted = ({ file }: { readonly file: string }): boolean =>
      names.length === 0 || wanted.some(({ relative }) => isAtOrBelow(file, relative));
    const known = [...read.sources, ...read.unreadable];
    const foreign = wanted.filter(({ relative }) => !known.some(({ file }) => isAtOrBelow(file, relative)));
    return {
      files: read.sources.filter(isWanted).map((source) => ({ root, source })),
      diagnostics: read.unreadable.filter(isWanted).map(unreadable),
      foreign: foreign.map(({ name }) => name),
    };
  });
}

function isAtOrBelow(file: string, name: string): boolean {
  return name === '' || file === name || file.startsWith(`${name}/`);
}
