import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exit } from '../../core/exit-code.ts';
import type {
  DeployedChange,
  DeployedTree,
  DeploymentRepository,
  FetchedBranches,
  FileCommit,
} from '../../ports/deployment-repository.ts';
import { PortError } from '../../ports/port-error.ts';
import { makeBareDirectory, type ObjectFormat } from '../bare-directory.ts';
import { remoteGit } from '../git-fetch.ts';
import { contents, sizes } from '../git-objects.ts';
import type { GitRepository } from '../git-repository.ts';
import { leftover } from '../leftovers.ts';
import { withoutPassword } from '../repository-address.ts';
import { deployedTree } from './deployed-tree.ts';
import type { DeploymentAddress } from './deployment-address.ts';
import { isShallow, lastCommits } from './last-commits.ts';
import { makeCommit } from './make-commit.ts';

/** Milliseconds that a fetch or a push may take in all; a transfer without progress ends after a minute. */
const longest = 10 * 60_000;

/** The most bytes of a file that is read: a record of a large mesh has some megabytes. */
const largest = 256 * 1024 * 1024;

/**
 * A deployment repository, seen through a bare repository of our own in a temporary folder. A fetch takes only the last
 * commit of each branch, without history.
 */
export class GitDeployment implements DeploymentRepository {
  readonly description: string;
  readonly #address: DeploymentAddress;
  readonly #folder: string;
  readonly #actor: string;
  #own: GitRepository | undefined;
  #forget: () => void = () => undefined;
  #format: ObjectFormat = 'sha1';
  /** The trees of commits that were fetched or made; each tree is read once. */
  readonly #trees = new Map<string, DeployedTree>();

  /** `folder` is below the top of the repository; `actor` is `user@host`, for a user whose name Git doesn't know. */
  constructor(address: DeploymentAddress, folder: string, actor: string) {
    this.#address = address;
    this.#folder = folder;
    this.#actor = actor;
    this.description = address.description;
  }

  async fetch(branches: readonly string[]): Promise<FetchedBranches> {
    const tips = await this.#tips(branches);
    this.#adoptFormat([...tips.values()]);
    const missing = [...tips].filter(([, commit]) => !this.#trees.has(commit));
    if (missing.length > 0) {
      const options = ['--quiet', '--depth=1', '--update-shallow', '--no-tags', '--no-recurse-submodules'];
      const refs = missing.map(([branch]) => `+refs/heads/${branch}:refs/fetched/${branch}`);
      await this.#asked('fetched', ['fetch', ...options, '--end-of-options', this.#address.url, ...refs]);
    }
    const trees = new Map<string, DeployedTree>();
    for (const [branch, tip] of tips) {
      // The branch may have moved between the two queries of the server.
      const isFetched = missing.some(([name]) => name === branch);
      const commit = isFetched ? await this.#fetchedCommit(branch) : tip;
      trees.set(branch, await this.#tree(commit));
    }
    return { trees, others: trees.size > 0 ? [] : await this.#otherBranches() };
  }

  async read(objects: readonly string[]): Promise<readonly string[]> {
    const own = this.#repository();
    const large = (await sizes(own, objects)).find((size) => size > largest);
    if (large !== undefined)
      throw new PortError(
        `${this.description} has a file of ${String(large)} bytes where a record of mesh is expected`,
        exit.foreign,
      );
    return (await contents(own, objects)).map((bytes) => Buffer.from(bytes).toString('utf8'));
  }

  async lastCommits(
    branch: string,
    tip: string,
    files: readonly string[],
  ): Promise<ReadonlyMap<string, FileCommit>> {
    const wanted = new Set(files);
    let found: ReadonlyMap<string, FileCommit> = new Map();
    for (const depth of depths) {
      const options = ['--quiet', `--depth=${depth}`, '--no-tags', '--no-recurse-submodules'];
      const ref = `+refs/heads/${branch}:refs/history/${branch}`;
      await this.#asked('fetched', ['fetch', ...options, '--end-of-options', this.#address.url, ref]);
      found = await lastCommits(this.#repository(), tip, this.#folder, wanted);
      if (found.size === wanted.size || !isShallow(this.#repository())) break;
    }
    return found;
  }

  async push(change: DeployedChange): Promise<DeployedTree | undefined> {
    const { branch, expected } = change;
    const commit = await makeCommit(this.#repository(), this.#folder, change, this.#actor);
    const options = ['--quiet', '--no-follow-tags', '--no-recurse-submodules', '--no-verify'];
    const refs = `${commit}:refs/heads/${branch}`;
    const failure = await this.#remote(['push', ...options, '--end-of-options', this.#address.url, refs])
      .then(({ code, error }) => (code === 0 ? undefined : new PortError(error, exit.unreachable)))
      .catch((error: unknown) => {
        if (error instanceof PortError) return error;
        throw error;
      });
    if (failure === undefined) return this.#tree(commit);
    // A lost answer or a signal leaves open whether the server took the commit: ask for the tip of the branch.
    const now = await this.#tips([branch]).catch((cause: unknown) => {
      throw this.#failed(
        `${failure.message}; it can't be told whether commit ${commit} arrived on ${branch}: 'mesh status' tells once the repository can be reached`,
        'pushed to',
        cause,
        failure.exitCode,
      );
    });
    if (now.get(branch) === commit) return this.#tree(commit);
    if (now.get(branch) !== expected) return undefined;
    throw this.#failed(`${failure.message}; nothing was written`, 'pushed to', failure, failure.exitCode);
  }

  /** Removes the fetched files; otherwise they are removed when the process ends. */
  dispose(): void {
    if (this.#own !== undefined) rmSync(this.#own.own, { recursive: true, force: true });
    this.#own = undefined;
    this.#trees.clear();
    this.#forget();
  }

  async #tree(commit: string): Promise<DeployedTree> {
    const known = this.#trees.get(commit);
    if (known !== undefined) return known;
    const tree = await deployedTree(this.#repository(), commit, this.#folder);
    this.#trees.set(commit, tree);
    return tree;
  }

  /** Returns the commit of each branch that exists. */
  async #tips(branches: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const names = branches.map((branch) => `refs/heads/${branch}`);
    const out = await this.#asked('read', ['ls-remote', '--end-of-options', this.#address.url, ...names]);
    const found = new Map(lines(out).map(([commit = '', name = '']) => [name, commit]));
    return new Map(
      branches.flatMap((branch) => {
        const commit = found.get(`refs/heads/${branch}`);
        return commit === undefined ? [] : [[branch, commit] as const];
      }),
    );
  }

  async #fetchedCommit(branch: string): Promise<string> {
    const own = this.#repository();
    const { out } = await remoteGit({
      directory: own.own,
      args: ['rev-parse', '--verify', '--end-of-options', `refs/fetched/${branch}^{commit}`],
      timeout: longest,
    });
    return out.trim();
  }

  async #otherBranches(): Promise<readonly string[]> {
    const out = await this.#asked('read', ['ls-remote', '--heads', '--end-of-options', this.#address.url]);
    return lines(out).map(([, name = '']) => name.replace('refs/heads/', ''));
  }

  #repository(): GitRepository {
    if (this.#own !== undefined) return this.#own;
    const folder = path.join(tmpdir(), `meshwright-deployment-${randomUUID()}`);
    // Register the folder before making it: a signal can come at any moment.
    this.#forget = leftover(folder).forget;
    makeBareDirectory(folder, this.#format);
    const config = new Map([['extensions.objectformat', [this.#format]]]);
    this.#own = { own: folder, common: folder, config };
    return this.#own;
  }

  /**
   * Makes our bare repository anew if the deployment repository uses SHA-256: a repository has ids of one algorithm
   * only.
   */
  #adoptFormat(commits: readonly string[]): void {
    const format = commits.some((commit) => commit.length === sha256Length) ? 'sha256' : this.#format;
    if (format === this.#format) return;
    this.dispose();
    this.#format = format;
  }

  #remote(args: readonly string[]) {
    const wayOut = 'look whether its server is slow, or the network';
    const { protocols } = this.#address;
    return remoteGit({ directory: this.#repository().own, args, timeout: longest, protocols, wayOut });
  }

  async #asked(verb: string, args: readonly string[]): Promise<string> {
    const { code, out, error } = await this.#remote(args).catch((cause: unknown) => {
      throw cause instanceof PortError ? this.#failed(cause.message, verb, cause, cause.exitCode) : cause;
    });
    if (code !== 0) throw this.#failed(error, verb);
    return out;
  }

  #failed(
    said: string,
    verb: string,
    cause?: unknown,
    code: PortError['exitCode'] = exit.unreachable,
  ): PortError {
    const words = withoutPassword(said.replaceAll(/\s*\n\s*/g, '; ')).slice(0, mostWords);
    return new PortError(`${this.description} can't be ${verb}: ${words || 'Git gave no reason'}`, code, {
      cause,
    });
  }
}

/** Commits of history that are fetched to find who changed a file: a few at first. */
const depths = [30, 1000];

/** The number of characters of a SHA-256 id. */
const sha256Length = 64;

/** The most characters of a server's message that an error repeats. */
const mostWords = 2000;

function lines(out: string): readonly (readonly string[])[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}
