import { gitBlobId } from './git-blob-id.ts';
import { git } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';

/** A file of a commit. */
export interface CommittedBlob {
  readonly mode: '100644' | '100755';
  /** Returns true if these are the bytes of the file. */
  readonly has: (bytes: Uint8Array) => boolean;
}

/**
 * Returns the file of a commit under its path from the top of the repository; undefined if the commit has no such file.
 * Bytes are compared by the id that Git would give them: Git's own answer takes a touched file for a changed one, and
 * overlooks changes if a flag of its index says so (`skip-worktree`, `assume-unchanged`).
 */
export async function committedBlob(
  repository: GitRepository,
  commit: string,
  name: string,
): Promise<CommittedBlob | undefined> {
  const listed = await git(repository, ['ls-tree', '--full-tree', '-z', commit, '--', `:(literal)${name}`]);
  const [, mode, id] = /^(100644|100755) blob ([0-9a-f]+)\t/.exec(listed.out) ?? [];
  if (mode === undefined || id === undefined) return undefined;
  return {
    mode: mode as CommittedBlob['mode'],
    has: (bytes) => gitBlobId(bytes, id) === id,
  };
}
