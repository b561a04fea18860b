import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import type { LocalPrograms, ProgramCall, StartedProgram } from '../ports/local-programs.ts';
import type { Processes, ProcessIdentity } from '../ports/processes.ts';
import { processStart } from './process-start.ts';
import { readRegularFile } from './regular-file.ts';

/** Returns the port to programs of this machine; all of them end when this process exits. */
export function localPrograms({ self }: Processes): LocalPrograms {
  const children = new Set<ChildProcess>();
  // A second Ctrl-C and a defect end this process at once, without a chance to wait.
  process.on('exit', () => {
    for (const child of children) child.kill('SIGKILL');
  });
  const stateOf = (one: ProcessIdentity): ReturnType<LocalPrograms['stateOf']> => {
    if (one.host !== self.host) return 'elsewhere';
    if (bootOf(one) !== bootOf(self)) return 'ended';
    if (one.machine === undefined || one.machine !== self.machine) return 'elsewhere';
    const started = processStart(one.pid);
    return started !== undefined && started === one.started ? 'running' : 'ended';
  };
  return {
    stateOf,
    wordsOf: (one) => (stateOf(one) === 'running' ? wordsOfProcess(one.pid) : []),
    start: (call) => {
      const child = spawned(call);
      children.add(child);
      child.once('exit', () => children.delete(child));
      return startedProgram(child, self);
    },
    end(one, now) {
      if (stateOf(one) === 'running') kill(one.pid, now);
    },
    startDetached(without, log) {
      const words = process.argv.slice(1).filter((word) => !without.includes(word));
      const child = spawned({
        program: process.execPath,
        arguments: [...process.execArgv, ...words],
        workingDirectory: process.cwd(),
        log,
      });
      child.unref();
      return startedProgram(child, self);
    },
  };
}

/** Starts a program in a process group of its own, which Ctrl-C of the terminal doesn't reach. */
function spawned({ program, arguments: words, workingDirectory, log }: ProgramCall): ChildProcess {
  mkdirSync(path.dirname(log), { recursive: true, mode: 0o700 });
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  const file = openSync(log, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  try {
    return spawn(program, [...words], {
      cwd: workingDirectory,
      detached: true,
      stdio: ['ignore', file, file],
    });
  } finally {
    closeSync(file);
  }
}

function startedProgram(child: ChildProcess, self: ProcessIdentity): StartedProgram {
  let ending: string | undefined;
  child.once('error', (error) => (ending = error.message));
  child.once('exit', (code, signal) => (ending ??= signal ?? `exit code ${String(code)}`));
  const pid = child.pid ?? 0;
  const started = pid === 0 ? undefined : processStart(pid);
  const { host, machine } = self;
  return {
    process: {
      host,
      ...(machine !== undefined && { machine }),
      pid,
      ...(started !== undefined && { started }),
    },
    ending: () => ending,
    end: (now) => void child.kill(now ? 'SIGKILL' : 'SIGTERM'),
  };
}

function kill(pid: number, now: boolean): void {
  try {
    process.kill(pid, now ? 'SIGKILL' : 'SIGTERM');
  } catch {
    // The process ended meanwhile.
  }
}

/** Returns the words of the command line of a process, as proc_pid_cmdline(5) gives them; none if it has ended. */
function wordsOfProcess(pid: number): readonly string[] {
  try {
    const words = readRegularFile(`/proc/${String(pid)}/cmdline`, { most: 4 * 1024 * 1024 });
    return words.toString('utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

/** Returns the id of the machine's boot; undefined if the system gives none. */
function bootOf({ machine }: ProcessIdentity): string | undefined {
  return machine?.split('/')[0];
}
