import { spawn } from 'node:child_process';
import path from 'node:path';
import { simpleGit } from 'simple-git';
import { PortError } from '../ports.ts';
import { gitEnvironment } from './git-environment.ts';
import type { GitRepository } from './git-repository.ts';
import { makeStandIn } from './git-stand-in.ts';

const unreachable = 15;
const minute = 60_000;

/** The most time that passes between two signs of life of a local command. Milliseconds. */
const patience = 2 * minute;

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

/** The end of a command of Git; `error` is what it said beside its answer. */
export interface GitAnswer {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** The circumstances of a command of Git. */
export interface GitCircumstances {
  /** Where it runs; left out, at the top of the working tree. */
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
  try {
    const client = simpleGit({
      baseDir: circumstances.folder ?? repository.top ?? repository.own,
      config: [...hardening],
      timeout: { block: patience },
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
    return { code, out, error };
  } catch (cause) {
    if (isMissing(cause)) throw noGit(repository, cause);
    const words = code === 0 && cause instanceof Error ? cause.message.trim() : error;
    return { code: code || 1, out: '', error: words };
  } finally {
    standIn.remove();
  }
}

/** Runs a command of Git that has to succeed; throws PortError(15) with Git's own words if it doesn't. */
export async function gitOutput(
  repository: GitRepository,
  args: readonly string[],
  circumstances: GitCircumstances = {},
): Promise<string> {
  const { code, out, error } = await git(repository, args, circumstances);
  if (code !== 0) throw gitFailure(repository, `git ${args[0] ?? ''}`, error);
  return out;
}

/** The error for a command that failed, in Git's own words. */
export function gitFailure(repository: GitRepository, command: string, said: string): PortError {
  const words = said.replaceAll(/\s*\n\s*/g, '; ') || 'Git gave no reason';
  const where = repository.top ?? repository.own;
  return new PortError(
    `'${command}' failed in ${where}: ${words}. Nothing was read: ${wayOut(repository, where)}`,
    unreachable,
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

/** Runs a Git command that is told objects on its standard input, and answers its bytes. */
export function gitBatch(
  repository: GitRepository,
  args: readonly string[],
  objects: readonly string[],
): Promise<Buffer> {
  const standIn = makeStandIn(repository, repository.config);
  const settings = hardening.flatMap((setting) => ['-c', setting]);
  return new Promise<Buffer>((resolve, reject) => {
    const child = spawn('git', [...settings, ...placeArguments(repository, standIn.directory), ...args], {
      cwd: repository.top ?? repository.own,
      env: environmentOf(repository, {}),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const error: Buffer[] = [];
    let isLate = false;
    const end = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, patience);
    child.stdout.on('data', (data: Buffer) => {
      out.push(data);
      end.refresh();
    });
    child.stderr.on('data', (data: Buffer) => error.push(data));
    child.stdin.on('error', () => undefined);
    child.on('error', (cause) => {
      reject(isMissing(cause) ? noGit(repository, cause) : cause);
    });
    child.on('close', (code) => {
      clearTimeout(end);
      const said = isLate ? 'it gave no answer' : Buffer.concat(error).toString('utf8').trim();
      if (code === 0) resolve(Buffer.concat(out));
      else reject(gitFailure(repository, `git ${args[0] ?? ''}`, said));
    });
    child.stdin.end(objects.map((object) => `${object}\n`).join(''));
  }).finally(standIn.remove);
}

/** Names everything, so that Git looks for nothing. */
function placeArguments({ top }: GitRepository, standIn: string): readonly string[] {
  return [`--git-dir=${standIn}`, ...(top === undefined ? [] : [`--work-tree=${top}`])];
}

function environmentOf({ own, common }: GitRepository, { index }: GitCircumstances): Record<string, string> {
  return {
    ...gitEnvironment(),
    GIT_OBJECT_DIRECTORY: path.join(common, 'objects'),
    GIT_INDEX_FILE: index ?? path.join(own, 'index'),
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && /\bspawn git (?:ENOENT|EACCES)\b/.test(error.message);
}

function noGit({ top, own }: GitRepository, cause: unknown): PortError {
  return new PortError(
    `Git was not found on the PATH, and ${top ?? own} is a Git repository: install Git. Without it, 'mesh validate -' and others with - read a spec from standard input, and 'mesh rollback' goes back to what was applied`,
    1,
    { cause },
  );
}
