import { DirectoryOutput } from '../../core/outputs/directory/directory-output.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import type { ObservingParts } from './delivery-parts.ts';
import type { DirectoryTarget } from './directory-targets.ts';

/** Opens the output of a target; a relative path is taken from the root. This file alone names kinds of outputs. */
export async function openOutput(
  root: string,
  { output }: DirectoryTarget,
  { outputDirectory }: Pick<ObservingParts, 'outputDirectory'>,
): Promise<OutputDriver> {
  const directory = await outputDirectory(root, output.path);
  return new DirectoryOutput(directory, output.seenAs);
}

/** Opens the output directory that `--directory` names; `path` is absolute. Proxies see it by that path. */
export async function openDirectory(
  path: string,
  { outputDirectory }: Pick<ObservingParts, 'outputDirectory'>,
): Promise<OutputDriver> {
  return new DirectoryOutput(await outputDirectory('/', path));
}
