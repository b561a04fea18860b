import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import type { SpecStore } from '../ports/spec-store.ts';
import { makeBareDirectory } from './bare-directory.ts';
import { repositoryAt } from './find-repository.ts';
import { branchTip } from './git-branches.ts';
import { remoteGit } from './git-fetch.ts';
import type { GitRepository } from './git-repository.ts';
import { commitStore } from './git-store.ts';
import { leftover } from './leftovers.ts';
import { repositoryAddress, withoutPassword } from './repository-address.ts';

/** A store whose content may have been fetched. */
export interface RemoteStore {
  readonly store: SpecStore;
  /** Removes the fetched content. */
  readonly dispose: () => Promise<void>;
}

/**
 * Reads a spec from another repository. A repository on this machine is read in place; of a remote one a single commit
 * is fetched. `timeout`: milliseconds that its server may take.
 */
export async function remoteStore(
  repo: string,
  revision: string | undefined,
  timeout: number,
): Promise<RemoteStore> {
  const address = repositoryAddress(repo);
  const wanted = revision ?? 'HEAD';
  if ('url' in address) return fetchedStore(address.url, wanted, timeout);
  const repository = await localRepository(address.folder);
  if (repository === undefined)
    throw new PortError(
      `${wanted} can't be fetched from ${repo}: there is no Git repository ${path.resolve(address.folder)}`,
      exit.unreachable,
    );
  const store = await commitStore(repository, '', wanted);
  const isOn = async (branches: readonly string[]): Promise<boolean> => {
    const commit = (await store.commit())?.id;
    for (const branch of branches)
      if ((await branchTip(repository, `refs/heads/${branch}`)) === commit) return true;
    return false;
  };
  return {
    store: { ...store, isOn, description: `${repo} at ${wanted}` },
    dispose: () => Promise.resolve(),
  };
}

/** Finds the repository at `x` or `x.git`, as Git does. */
async function localRepository(folder: string): Promise<GitRepository | undefined> {
  return (await repositoryAt(folder)) ?? repositoryAt(`${folder.replace(/\/+$/, '')}.git`);
}

async function fetchedStore(url: string, wanted: string, timeout: number): Promise<RemoteStore> {
  const folder = path.join(tmpdir(), `meshwright-repo-${randomUUID()}`);
  // Register the folder before making it: a signal can come at any moment.
  const { forget } = leftover(folder);
  const dispose = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    forget();
  };
  const failed = (why: string, code: PortError['exitCode'], cause?: unknown): PortError =>
    new PortError(`${wanted} can't be fetched from ${withoutPassword(url)}: ${withoutPassword(why)}`, code, {
      cause,
    });
  const asked = async (args: readonly string[]): Promise<string> => {
    const { code, out, error } = await remoteGit({ directory: folder, args, timeout }).catch(
      (cause: unknown) => {
        throw cause instanceof PortError ? failed(cause.message, cause.exitCode, cause) : cause;
      },
    );
    if (code !== 0) throw failed(error, exit.unreachable);
    return out;
  };
  try {
    makeBareDirectory(folder);
    const options = ['--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--end-of-options'];
    await asked(['fetch', ...options, url, wanted]);
    const repository: GitRepository = { own: folder, common: folder, config: new Map() };
    const store = await commitStore(repository, '', 'FETCH_HEAD');
    // Only one commit of the other repository was fetched, so ask the server for the tips.
    const isOn = async (branches: readonly string[]): Promise<boolean> => {
      const heads = branches.map((branch) => `refs/heads/${branch}`);
      const out = await asked(['ls-remote', '--end-of-options', url, ...heads]);
      const commit = (await store.commit())?.id;
      const found = out.split('\n').map((line) => line.split('\t'));
      return found.some(([id, name = '']) => id === commit && heads.includes(name));
    };
    return { store: { ...store, isOn, description: `${withoutPassword(url)} at ${wanted}` }, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
