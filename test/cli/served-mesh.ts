import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const server = fileURLToPath(new URL('mesh-server.ts', import.meta.url));

/** The cache of compiled code, in which the tests of a run find what the first one compiled. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/meshwright/compile', import.meta.url));

/** Milliseconds that a command may take. */
const longest = 120_000;

/** A command and the conditions that it runs under. */
export interface Served {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly input: string;
}

/** The result of a command. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A process that runs commands one after another until `end`. */
class Server {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'meshwright-served-'));
  private readonly answer = path.join(this.folder, 'answer.json');
  private readonly requests: number;
  private readonly signs: number;
  private readonly process: ChildProcess;

  constructor() {
    const [requests, signs] = ['requests', 'signs'].map((name) => path.join(this.folder, name)) as [
      string,
      string,
    ];
    execFileSync('mkfifo', [requests, signs]);
    // Open the pipe for both directions, so that neither side waits for the other.
    this.requests = openSync(requests, constants.O_RDWR);
    this.signs = openSync(signs, constants.O_RDWR | constants.O_NONBLOCK);
    this.process = spawn(process.execPath, [server, requests, this.answer, cache], {
      stdio: ['pipe', this.signs, 'inherit'],
    });
  }

  async end(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
    closeSync(this.requests);
    closeSync(this.signs);
    rmSync(this.folder, { recursive: true, force: true });
  }

  run(command: Served): Ran {
    writeSync(this.requests, `${JSON.stringify(command)}\n`);
    this.awaitSign();
    return JSON.parse(readFileSync(this.answer, 'utf8')) as Ran;
  }

  /** Blocks until the server has answered: tests call it as if they started a process and waited for its end. */
  private awaitSign(): void {
    const pause = new Int32Array(new SharedArrayBuffer(4));
    const byte = Buffer.alloc(1);
    const started = performance.now();
    for (;;) {
      try {
        if (readSync(this.signs, byte) === 1) return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
      if (performance.now() - started > longest || this.isGone())
        throw new Error('the process that runs commands has ended, or its command does not');
      Atomics.wait(pause, 0, 0, 1);
    }
  }

  /** Returns true if the process has ended, of which this blocked thread gets no event. */
  private isGone(): boolean {
    try {
      return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${String(this.process.pid)}/stat`, 'utf8'));
    } catch {
      return false;
    }
  }
}

let running: Server | undefined;
afterAll(() => running?.end());

/**
 * Runs a command of mesh in a process that runs one after another, which saves the start for tests that aren't about
 * the process. `output-forms.test.ts` runs every command in a new process. Throws if the command takes two minutes.
 */
export function servedMesh(command: Served): Ran {
  running ??= new Server();
  try {
    return running.run(command);
  } catch (error) {
    void running.end();
    running = undefined;
    throw error;
  }
}
