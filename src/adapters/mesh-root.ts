import path from 'node:path';
import { pathExists } from './path-exists.ts';

/** Returns the nearest folder, from a file upwards, that holds a mesh.yaml; undefined if there is none. */
export async function meshRoot(file: string): Promise<string | undefined> {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    if (await pathExists(path.join(folder, 'mesh.yaml'))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}
