import { git, gitFailure } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';

/**
 * Returns true if a commit is reachable from one of these branches of the upstream, as last fetched; a checkout in CI
 * is on no branch itself. The upstream is the remote of the checked-out branch, else `origin`, else the only remote.
 */
export async function isOnBranch(
  repository: GitRepository,
  commit: string,
  branches: readonly string[],
): Promise<boolean> {
  const remote = await upstreamRemote(repository);
  if (remote === undefined) return false;
  for (const branch of branches) {
    const tip = await branchTip(repository, `refs/remotes/${remote}/${branch}`);
    if (tip === undefined) continue;
    const answer = await git(repository, ['merge-base', '--is-ancestor', '--end-of-options', commit, tip]);
    if (answer.code === 0) return true;
    if (answer.code !== 1) throw gitFailure(repository, 'git merge-base', answer.error);
  }
  return false;
}

/** Returns the commit that a ref leads to; undefined if there is no such ref. */
export async function branchTip(repository: GitRepository, ref: string): Promise<string | undefined> {
  const { code, out } = await git(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  ]);
  return code === 0 ? out.trim() : undefined;
}

async function upstreamRemote(repository: GitRepository): Promise<string | undefined> {
  const { config } = repository;
  const head = await git(repository, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  if (head.code === 0) {
    const name = config.get(`branch.${head.out.trim()}.remote`)?.at(-1) ?? '';
    if (name !== '' && name !== '.') return name;
  }
  const remotes = [...config.keys()].flatMap((name) => /^remote\.(.+)\.url$/.exec(name)?.[1] ?? []);
  if (remotes.includes('origin')) return 'origin';
  return remotes.length === 1 ? remotes[0] : undefined;
}
