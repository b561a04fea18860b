import path from 'node:path';
import { exit } from '../../core/exit-code.ts';
import { UsageError } from '../../core/usage-error.ts';
import { PortError } from '../../ports/port-error.ts';
import { findRepository, repositoryAt } from '../find-repository.ts';
import { resolved } from '../git-place.ts';
import { repositoryAddress, withoutPassword } from '../repository-address.ts';

/** The address of a repository for commands of Git, and the transports that it needs. */
export interface DeploymentAddress {
  readonly url: string;
  /** The value of GIT_ALLOW_PROTOCOL. */
  readonly protocols: string;
  /** The address without its password, for messages. */
  readonly description: string;
}

/**
 * Returns the address of the repository that an output names; a path is relative to the root. Throws PortError(3) for
 * an address that can't be used, and PortError(15) if there is no such repository. A push to a repository on this
 * machine runs its hooks, and a commit of the spec could contain them: a repository inside the repository of the spec
 * is refused.
 */
export async function deploymentAddress(root: string, text: string): Promise<DeploymentAddress> {
  const description = withoutPassword(text);
  const address = addressOf(text, description);
  if ('url' in address) return { url: address.url, protocols: 'http:https:ssh', description };
  const folder = resolved(path.resolve(root, address.folder));
  const repository = (await repositoryAt(folder)) ?? (await repositoryAt(`${folder}.git`));
  if (repository === undefined)
    throw new PortError(
      `there is no Git repository ${folder}, which output.git.repository names: 'git init --bare ${folder}' makes one`,
      exit.unreachable,
    );
  const inside = (await findRepository(root))?.top ?? resolved(root);
  for (const place of [repository.top ?? repository.own, repository.common])
    if (isWithin(inside, place))
      throw new PortError(
        `output.git.repository ${JSON.stringify(description)} is inside the repository of the spec (${inside}), whose commits could bring hooks along that Git would run: name a repository beside it`,
        exit.findings,
      );
  return { url: repository.top ?? repository.own, protocols: 'file', description: folder };
}

function addressOf(text: string, description: string): ReturnType<typeof repositoryAddress> {
  try {
    return repositoryAddress(text);
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    throw new PortError(
      `output.git.repository ${JSON.stringify(description)} can't be used: it takes an address that begins with https://, http://, ssh:// or file://, USER@HOST:PATH, or a path`,
      exit.findings,
      { cause },
    );
  }
}

function isWithin(folder: string, place: string): boolean {
  const relative = path.relative(folder, place);
  return (
    relative === '' ||
    (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative))
  );
}
