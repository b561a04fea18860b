import path from 'node:path';
import { simpleGit } from 'simple-git';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { gitEnvironment } from './git-environment.ts';
import { watchPipes } from './git-pipes.ts';
import type { GitRepository } from './git-repository.ts';
import { makeStandIn } from './git-stand-in.ts';

const minute = 60_000;

/** The longest time that a local command may go without output, in milliseconds. */
export const patience = 2 * minute;

/** Settings of the user that would otherwise run a program or write in the background. */
export const hardening = [
  'safe.bareRepository=explicit',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.attributesFile=/dev/null',
  'core.pager=cat',
  'gc.auto=0',
  'maintenance.auto=false',
] as const;

/** The result of a command of Git; `error` is its standard error. */
export interface GitAnswer {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** The conditions under which a command of Git runs. */
export interface GitCircumstances {
  /** The folder that the command runs in; the top of the working tree if left out. */
  readonly folder?: string;
  /** An index other than the repository's own. */
  readonly index?: string;
}

/** Runs one command of Git that reads a repository. Throws PortError(1) if there is no Git. */
export async function git(
  repository: GitRepository,
  args: readonly string[],
  circumstances: GitCircumstances = {},
): Promise<GitAnswer> {
  const standIn = makeStandIn(repository, repository.config);
  let code = 0;
  let error = '';
  const abort = new AbortController();
  const watch = watchPipes(repository, (why) => abort.abort(why));
  try {
    const client = simpleGit({
      baseDir: circumstances.folder ?? repository.top ?? repository.own,
      config: [...hardening],
      timeout: { block: patience },
      abort: abort.signal,
      unsafe: {
        allowUnsafeHooksPath: true,
        allowUnsafeFsMonitor: true,
        allowUnsafePager: true,
        allowUnsafeAskPass: true,
        allowUnsafeConfigPaths: true,
        allowUnsafeConfigEnvCount: true,
      },
      allowEnvironment: Object.keys(environmentOf(repository, circumstances)),
      errors: (failure, result) => {
        code = result.exitCode || code;
        error = Buffer.concat(result.stdErr).toString('utf8').trim();
        return code === 0 ? undefined : (failure ?? new Error(error));
      },
    });
    const out = await client
      .env(environmentOf(repository, circumstances))
      .raw([...placeArguments(repository, standIn.directory), ...args]);
    abort.signal.throwIfAborted();
    return { code, out, error };
  } catch (cause) {
    if (abort.signal.aborted) throw abort.signal.reason;
    if (isMissing(cause)) throw noGit(repository, cause);
    const words = code === 0 && cause instanceof Error ? cause.message.trim() : error;
    return { code: code || 1, out: '', error: words };
  } finally {
    watch.end();
    standIn.remove();
  }
}

/** Returns the error for a command that failed, in Git's own words. */
export function gitFailure(repository: GitRepository, command: string, said: string): PortError {
  const words = said.replaceAll(/\s*\n\s*/g, '; ') || 'Git gave no reason';
  const where = repository.top ?? repository.own;
  return new PortError(
    `'${command}' failed in ${where}: ${words}. Nothing was read: ${wayOut(repository, where)}`,
    exit.unreachable,
  );
}

function wayOut({ config }: GitRepository, where: string): string {
  const isPartial = [...config.keys()].some((name) =>
    /^(?:extensions\.partialclone|remote\..*\.promisor)$/.test(name),
  );
  return isPartial
    ? "the repository is a partial clone and mesh fetches nothing; 'git fetch --refetch --no-filter' brings all of it"
    : `mend the repository ('git -C ${where} fsck' tells more), or clone it again`;
}

/** Returns the options that name the folders of a repository, so that Git doesn't search for them. */
export function placeArguments({ top }: GitRepository, standIn: string): readonly string[] {
  return [`--git-dir=${standIn}`, ...(top === undefined ? [] : [`--work-tree=${top}`])];
}

/** Returns the environment of a local command, with the folders that no option can name. */
export function environmentOf(
  { own, common }: GitRepository,
  { index }: GitCircumstances,
): Record<string, string> {
  return {
    ...gitEnvironment(),
    GIT_OBJECT_DIRECTORY: path.join(common, 'objects'),
    GIT_INDEX_FILE: index ?? path.join(own, 'index'),
  };
}

/** Returns true if a command could not start since there is no Git. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && /\bspawn git (?:ENOENT|EACCES)\b/.test(error.message);
}

/** Returns the error for a machine without Git. */
export function noGit({ top, own }: GitRepository, cause: unknown): PortError {
  return new PortError(
    `Git was not found on the PATH, and ${top ?? own} is a Git repository: install Git. Without it, 'mesh validate -' and others with - read a spec from standard input, and 'mesh rollback' goes back to what was applied`,
    exit.failed,
    { cause },
  );
}
