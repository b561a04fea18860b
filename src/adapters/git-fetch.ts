import { spawn } from 'node:child_process';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { fetchEnvironment } from './git-environment.ts';
import { hardening } from './git-process.ts';
import { endGroup } from './process-group.ts';

const second = 1000;

/** Seconds after which Git itself ends a transfer without progress, in case this process was killed. */
const stalled = 60;

/** A command of Git that talks to another repository. */
export interface RemoteCommand {
  /** A Git directory of our own. */
  readonly directory: string;
  readonly args: readonly string[];
  /** Milliseconds that the whole command may take. */
  readonly timeout: number;
  /** The value of GIT_ALLOW_PROTOCOL; `http:https:ssh` if left out. */
  readonly protocols?: string;
  /** The end of the message at the deadline, which says what to do; `--timeout` if left out. */
  readonly wayOut?: string;
}

/** The result of a command that talked to another repository. */
export interface RemoteAnswer {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/**
 * Runs a command of Git that talks to another repository, in a process group of its own: at the deadline and at a
 * signal the whole group ends, with ssh and with helpers of transports and credentials. The group has no terminal, so
 * no program can ask a question. Throws PortError(15) at the deadline, PortError(130 or 143) at a signal, PortError(1)
 * if there is no Git.
 */
export function remoteGit({
  directory,
  args,
  timeout,
  protocols,
  wayOut = '--timeout 10m waits longer',
}: RemoteCommand): Promise<RemoteAnswer> {
  const settings = [...hardening, 'http.lowSpeedLimit=1', `http.lowSpeedTime=${stalled}`];
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const error: Buffer[] = [];
    let cause: PortError | undefined;
    const stop = (why: PortError): void => {
      cause ??= why;
      endGroup(child.pid);
      // A process that left the group may hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    // Listen before Git starts: a signal in between would leave the group alive.
    const watch = onSignals((code) =>
      stop(new PortError('stopped while Git talked to another repository', code)),
    );
    const child = spawn(
      'git',
      [...settings.flatMap((setting) => ['-c', setting]), `--git-dir=${directory}`, ...args],
      { cwd: directory, env: fetchEnvironment(protocols), stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    );
    const deadline = setTimeout(
      () => stop(new PortError(`it gave no answer within ${timeout / second}s: ${wayOut}`, exit.unreachable)),
      timeout,
    );
    const end = (): void => {
      clearTimeout(deadline);
      watch.end();
    };
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stderr.on('data', (data: Buffer) => error.push(data));
    child.on('error', (failure) => {
      end();
      reject(new PortError('Git was not found on the PATH: install it', exit.failed, { cause: failure }));
    });
    child.on('close', (code) => {
      end();
      if (cause !== undefined) reject(cause);
      else resolve({ code: code ?? 1, out: textOf(out), error: textOf(error).trim() });
    });
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

type Interruption = typeof exit.interrupted | typeof exit.terminated;

/** Calls `stop` at a signal that ends this process: signals of the terminal don't reach the group. */
function onSignals(stop: (code: Interruption) => void): { readonly end: () => void } {
  const onInterrupt = (): void => stop(exit.interrupted);
  const onTerminate = (): void => stop(exit.terminated);
  const onHangUp = (): void => {
    stop(exit.terminated);
    process.exit(129);
  };
  process.prependListener('SIGINT', onInterrupt);
  process.prependListener('SIGTERM', onTerminate);
  process.prependListener('SIGHUP', onHangUp);
  return {
    end: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
      process.off('SIGHUP', onHangUp);
    },
  };
}
