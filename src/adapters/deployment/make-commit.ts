import { exit } from '../../core/exit-code.ts';
import type { DeployedChange } from '../../ports/deployment-repository.ts';
import { PortError } from '../../ports/port-error.ts';
import { branchTip } from '../git-branches.ts';
import { remoteGit } from '../git-fetch.ts';
import { git, gitFailure } from '../git-process.ts';
import type { GitRepository } from '../git-repository.ts';
import { streamGit } from '../git-stream.ts';
import { fastImportText, type Identity, madeRef } from './fast-import.ts';

/** Milliseconds for signing, which may wait until somebody touches a security key. */
const signing = 2 * 60_000;

/**
 * Makes a commit in our own Git directory and returns its id. The commit is signed if the user's configuration of Git
 * says so (`commit.gpgSign`). Its author is the user, or `actor` (`user@host`) if Git knows no user.
 */
export async function makeCommit(
  repository: GitRepository,
  folder: string,
  change: DeployedChange,
  actor: string,
): Promise<string> {
  const { identity, signs } = await settings(repository, actor);
  const input = fastImportText(folder, change, identity);
  await streamGit(repository, ['fast-import', '--quiet', '--force', '--done'], { input }, () => undefined);
  const made = await branchTip(repository, madeRef);
  if (made === undefined) throw gitFailure(repository, 'git fast-import', 'it made no commit');
  return signs ? signCommit(repository, made, change, identity) : made;
}

async function signCommit(
  { own }: GitRepository,
  made: string,
  { parents, message }: DeployedChange,
  { name, email }: Identity,
): Promise<string> {
  const { code, out, error } = await remoteGit({
    directory: own,
    args: [
      ...['-c', `user.name=${name}`, '-c', `user.email=${email}`, 'commit-tree', '-S'],
      ...parents.flatMap((parent) => ['-p', parent]),
      ...['-m', message, `${made}^{tree}`],
    ],
    timeout: signing,
    wayOut: 'unlock the key that Git signs with',
  });
  if (code === 0) return out.trim();
  throw new PortError(
    `the commit can't be signed as the user's Git is set up to (commit.gpgSign): ${error.replaceAll(/\s*\n\s*/g, '; ')}`,
    exit.failed,
  );
}

async function settings(
  repository: GitRepository,
  actor: string,
): Promise<{ readonly identity: Identity; readonly signs: boolean }> {
  const { out } = await git(repository, ['config', '--null', '--list']);
  const known = new Map(
    out.split('\0').map((entry) => {
      const end = entry.indexOf('\n');
      return end < 0 ? ([entry, 'true'] as const) : ([entry.slice(0, end), entry.slice(end + 1)] as const);
    }),
  );
  const [user = 'mesh'] = actor.split('@');
  return {
    identity: { name: known.get('user.name') ?? user, email: known.get('user.email') ?? actor },
    signs: /^(?:true|yes|on|[1-9]\d*)$/i.test(known.get('commit.gpgsign') ?? ''),
  };
}
