import { git } from './git-process.ts';

/**
 * Whether a commit is reachable from one of these branches of the upstream, as it was last fetched: checkouts of CI are
 * on no branch themselves. The upstream is the remote of the branch that is checked out, else `origin`, else the only one.
 */
export async function isOnBranch(
  repository: string,
  commit: string,
  branches: readonly string[],
): Promise<boolean> {
  const remote = await upstreamRemote(repository);
  if (remote === undefined) return false;
  for (const branch of branches) {
    const tip = `refs/remotes/${remote}/${branch}`;
    const answer = await git(repository, ['merge-base', '--is-ancestor', '--end-of-options', commit, tip]);
    if (!answer.failed) return true;
  }
  return false;
}

/** Whether a commit is what one of these branches of another repository leads to: of that, one commit alone is fetched. */
export async function isTip(
  folder: string,
  url: string,
  commit: string | undefined,
  branches: readonly string[],
): Promise<boolean> {
  const heads = branches.map((branch) => `refs/heads/${branch}`);
  const answer = await git(folder, ['ls-remote', '--end-of-options', url, ...heads]);
  const found = answer.out.split('\n').map((line) => line.split('\t'));
  return found.some(([id, name = '']) => id === commit && heads.includes(name));
}

async function upstreamRemote(repository: string): Promise<string | undefined> {
  const head = await git(repository, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  if (!head.failed) {
    const own = await git(repository, ['config', '--get', `branch.${head.out.trim()}.remote`]);
    const name = own.out.trim();
    if (!own.failed && name !== '' && name !== '.') return name;
  }
  const remotes = (await git(repository, ['remote'])).out.split('\n').filter(Boolean);
  if (remotes.includes('origin')) return 'origin';
  return remotes.length === 1 ? remotes[0] : undefined;
}
