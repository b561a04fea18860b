import { git, gitFailure } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';

/**
 * Returns the commit that is checked out; undefined before the first commit. Throws PortError(15) if HEAD leads to a
 * branch or commit that can't be read.
 */
export async function headCommit(repository: GitRepository): Promise<string | undefined> {
  const head = await git(repository, ['rev-parse', '--verify', '--end-of-options', 'HEAD^{commit}']);
  if (head.code === 0) return head.out.trim();
  const branch = await git(repository, ['symbolic-ref', '--quiet', 'HEAD']);
  if (branch.code === 0) {
    const there = await git(repository, ['for-each-ref', '--count=1', branch.out.trim()]);
    const isUnborn = there.code === 0 && there.out === '' && there.error === '';
    if (isUnborn) return undefined;
  }
  throw gitFailure(repository, 'git rev-parse HEAD', head.error);
}
