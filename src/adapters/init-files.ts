import { prefixOf } from './open-spec-store.ts';
import { pathExists } from './path-exists.ts';
import { refuseUnwritable, writeRepositoryFile } from './repository-file.ts';
import { readTextFile } from './text-file.ts';

/** The file operations of `mesh init`. */
export const initFiles = {
  pathExists,
  prefixOf,
  readFile: readTextFile,
  refuseUnwritable,
  writeFile: writeRepositoryFile,
};
