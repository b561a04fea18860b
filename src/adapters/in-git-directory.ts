import path from 'node:path';
import type { InGitDirectory } from '../ports/in-git-directory.ts';
import { gitDirectoryAround } from './git-directory-around.ts';
import { resolved } from './git-place.ts';

/** Examines the folders of this machine. */
export const inGitDirectory: InGitDirectory = (root, folder) =>
  gitDirectoryAround(resolved(path.resolve(root, folder))) !== undefined;
