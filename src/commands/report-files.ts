import path from 'node:path';
import { UsageError } from '../core/usage-error.ts';

/** The files for which findings are reported. */
export interface ReportFiles {
  /** The files and folders of a command line, relative to the working directory. */
  readonly files: readonly string[];
  readonly workingDirectory: string;
  readonly root: string;
  /** The files of the mesh, including those that could not be read. */
  readonly known: readonly string[];
}

/**
 * Returns a function that returns true if findings in a file of the mesh are reported; without names, for all files.
 * Throws a UsageError (64) for a name that fits no file of the mesh.
 */
export function reportFiles({
  files,
  workingDirectory,
  root,
  known,
}: ReportFiles): (file: string) => boolean {
  if (files.length === 0) return () => true;
  const wanted = files.map((file) => {
    const relative = path.relative(root, path.resolve(workingDirectory, file)).split(path.sep).join('/');
    if (!known.some((name) => isAtOrBelow(name, relative)))
      throw new UsageError(
        `${file} is no file of this mesh (whose root is ${root}): it doesn't exist, isn't YAML, or is ignored or excluded`,
      );
    return relative;
  });
  return (file) => wanted.some((name) => isAtOrBelow(file, name));
}

function isAtOrBelow(file: string, name: string): boolean {
  return name === '' || file === name || file.startsWith(`${name}/`);
}
