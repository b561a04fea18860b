import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import type { SpecStore } from '../ports/spec-store.ts';
import { findRepository, folderIn } from './find-repository.ts';
import { commitEntries, commitNamed, indexEntries } from './git-listing.ts';
import { objectStore } from './git-object-store.ts';
import type { GitRepository } from './git-repository.ts';

/** Reads a spec out of Git's index; `root` is the folder of mesh.yaml in the working tree. */
export async function stagedStore(root: string): Promise<SpecStore> {
  const repository = await surrounding(root);
  const found = await indexEntries(repository, folderIn(repository, root));
  return objectStore(repository, found, 'the index', undefined);
}

/** Reads a spec out of a commit, from the object database: nothing is checked out. */
export async function revisionStore(root: string, revision: string): Promise<SpecStore> {
  const repository = await surrounding(root);
  return commitStore(repository, folderIn(repository, root), revision);
}

/** Reads a spec from a commit of a repository; `folder` is the folder of mesh.yaml, with a slash at its end. */
export async function commitStore(
  repository: GitRepository,
  folder: string,
  revision: string,
): Promise<SpecStore> {
  const id = await commitNamed(repository, revision);
  const found = await commitEntries(repository, id, folder);
  return objectStore(repository, found, `${revision} (${id.slice(0, 7)})`, id);
}

async function surrounding(root: string): Promise<GitRepository> {
  const repository = await findRepository(root);
  if (repository !== undefined) return repository;
  throw new PortError(
    `${root} is not in a Git repository: without --staged and --revision the files themselves are read`,
    exit.unreachable,
  );
}
