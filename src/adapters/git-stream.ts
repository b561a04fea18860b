import { spawn } from 'node:child_process';
import { watchPipes } from './git-pipes.ts';
import {
  environmentOf,
  type GitCircumstances,
  gitFailure,
  hardening,
  isMissing,
  noGit,
  patience,
  placeArguments,
} from './git-process.ts';
import type { GitRepository } from './git-repository.ts';
import { makeStandIn } from './git-stand-in.ts';
import { endGroup } from './process-group.ts';

/** The conditions of a command with long output. */
export interface StreamCircumstances extends GitCircumstances {
  /** The text of the command's standard input. */
  readonly input?: string;
}

/**
 * Runs a local command of Git in a process group of its own and passes its output to `take`, piece by piece. An error
 * that `take` throws ends the group and is thrown on. Throws PortError(15) if the command fails or makes no progress.
 */
export async function streamGit(
  repository: GitRepository,
  args: readonly string[],
  circumstances: StreamCircumstances,
  take: (data: Buffer) => void,
): Promise<void> {
  const standIn = makeStandIn(repository, repository.config);
  try {
    await run(repository, [...placeArguments(repository, standIn.directory), ...args], circumstances, take);
  } catch (cause) {
    if (isMissing(cause)) throw noGit(repository, cause);
    throw cause instanceof CommandError
      ? gitFailure(repository, `git ${args[0] ?? ''}`, cause.message)
      : cause;
  } finally {
    standIn.remove();
  }
}

/** The failure of a command, in Git's words. */
class CommandError extends Error {}

function run(
  repository: GitRepository,
  args: readonly string[],
  circumstances: StreamCircumstances,
  take: (data: Buffer) => void,
): Promise<void> {
  const child = spawn('git', [...hardening.flatMap((setting) => ['-c', setting]), ...args], {
    cwd: circumstances.folder ?? repository.top ?? repository.own,
    env: environmentOf(repository, circumstances),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  return new Promise<void>((resolve, reject) => {
    const said: Buffer[] = [];
    let failure: Error | undefined;
    const onExit = (): void => endGroup(child.pid);
    const stop = (why: Error): void => {
      failure ??= why;
      endGroup(child.pid);
      // A process that left the group may hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    process.once('exit', onExit);
    const watch = watchPipes(repository, stop);
    const deadline = setTimeout(() => stop(new CommandError(silent)), patience);
    child.stdout.on('data', (data: Buffer) => {
      deadline.refresh();
      if (failure !== undefined) return;
      try {
        take(data);
      } catch (cause) {
        stop(cause instanceof Error ? cause : new Error(String(cause)));
      }
    });
    child.stderr.on('data', (data: Buffer) => said.push(data));
    child.stdin.on('error', () => undefined);
    const end = (): void => {
      clearTimeout(deadline);
      watch.end();
      process.off('exit', onExit);
    };
    child.on('error', (cause) => {
      end();
      reject(cause);
    });
    child.on('close', (code) => {
      end();
      if (failure !== undefined) reject(failure);
      else if (code === 0) resolve();
      else reject(new CommandError(Buffer.concat(said).toString('utf8').trim()));
    });
    child.stdin.end(circumstances.input ?? '');
  });
}

const silent = `it gave no sign of life for ${patience / 1000} seconds`;

/** Runs a Git command that reads object names from its standard input, and returns its output. */
export async function gitBatch(
  repository: GitRepository,
  args: readonly string[],
  objects: readonly string[],
): Promise<Buffer> {
  const out: Buffer[] = [];
  const input = objects.map((object) => `${object}\n`).join('');
  await streamGit(repository, args, { input }, (data) => out.push(data));
  return Buffer.concat(out);
}
