import path from 'node:path';
import type { Source, SourceSet } from '../../core/source/source.ts';
import { mayHoldSuite } from '../../core/suite/suite-documents.ts';
import { UsageError } from '../../core/usage-error.ts';

/** The places in which the suites of a command line are looked for. */
export interface SuitePlaces {
  /** Files and folders of the command line, relative to the working directory; empty for every suite. */
  readonly names: readonly string[];
  readonly root: string;
  readonly workingDirectory: string;
  /** True if files beside those of the mesh can be read: the mesh comes from the working tree. */
  readonly isWorkingTree: boolean;
  readonly pathExists: (file: string) => Promise<boolean>;
  readonly readNamedFile: (file: string) => Promise<string>;
}

/** A file that may hold suites. */
export interface SuiteSource extends Source {
  /** True if the command line names the file itself, so that a suite has to be in it. */
  readonly isNamed: boolean;
}

/**
 * Returns the files of a mesh that may hold suites; of names on the command line only these, and files outside of the
 * mesh, too. Throws a UsageError (64) for a name that doesn't exist.
 */
export async function suiteSources(
  { sources }: SourceSet,
  places: SuitePlaces,
): Promise<readonly SuiteSource[]> {
  const { names, root, workingDirectory, isWorkingTree, pathExists, readNamedFile } = places;
  if (names.length === 0)
    return sources.filter(mayHoldSuite).map((source) => ({ ...source, isNamed: false }));
  const found = new Map<string, SuiteSource>();
  for (const name of names) {
    const absolute = path.resolve(workingDirectory, name);
    const relative = path.relative(root, absolute).split(path.sep).join('/');
    const own = sources.filter(({ file }) => isAtOrBelow(file, relative));
    for (const source of own) {
      const isNamed = source.file === relative;
      if (isNamed || mayHoldSuite(source)) found.set(source.file, { ...source, isNamed });
    }
    if (own.length > 0) continue;
    if (!isWorkingTree || !(await pathExists(absolute)))
      throw new UsageError(`there is no file ${name} for mesh test`);
    const file = path.isAbsolute(name) && relative.startsWith('../') ? name : relative;
    const bytes = new TextEncoder().encode(await readNamedFile(absolute));
    found.set(file, { file, bytes, isNamed: true });
  }
  return [...found.values()];
}

function isAtOrBelow(file: string, name: string): boolean {
  return name === '' || file === name || file.startsWith(`${name}/`);
}
