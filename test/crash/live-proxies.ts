import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

interface IndexedProxy {
  readonly id: string;
  readonly bootstrap: string;
  readonly workingDirectory: string;
  readonly arguments: readonly string[];
  readonly admin: string;
}

/** The real Envoys of an output, started by the commands in its `index.json`. */
export class LiveProxies {
  private readonly running = new Map<string, ChildProcess>();
  private readonly envoy: string;
  private readonly output: string;

  constructor(envoy: string, output: string) {
    this.envoy = envoy;
    this.output = output;
  }

  /** Starts every proxy of the revision in force that isn't running, and waits until all are ready. */
  async start(): Promise<void> {
    const index = JSON.parse(readFileSync(path.join(this.output, 'config/current/index.json'), 'utf8'));
    for (const proxy of index.proxies as readonly IndexedProxy[]) {
      if (this.running.has(proxy.id)) continue;
      const log = openSync(path.join(this.output, '../..', `${proxy.id}.log`), 'a');
      const words = ['-c', path.join(this.output, proxy.bootstrap), ...proxy.arguments];
      const child = spawn(this.envoy, [...words, '--concurrency', '1', '--log-level', 'warning'], {
        cwd: path.join(this.output, proxy.workingDirectory),
        stdio: ['ignore', log, log],
      });
      this.running.set(proxy.id, child);
      const end = Date.now() + 20_000;
      while ((await statusOf(proxy.admin, '/ready')) !== 200) {
        if (Date.now() > end || child.exitCode !== null) throw new Error(`${proxy.id} does not start`);
        await sleep(50);
      }
    }
  }

  /** Sends a signal to the process of one proxy. */
  signal(id: string, signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.running.get(id)?.kill(signal);
  }

  /** Ends the process of one proxy, or of all. */
  async end(id?: string): Promise<void> {
    const ending = [...this.running].filter(([one]) => id === undefined || one === id);
    for (const [one, child] of ending) {
      this.running.delete(one);
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exit = new Promise((done) => void child.once('exit', done));
      child.kill('SIGKILL');
      await exit;
    }
  }
}

/** Returns the status of the answer at an address; undefined if nobody answers within a second. */
function statusOf(address: string, request: string): Promise<number | undefined> {
  return new Promise((done) => {
    const [host, port] = address.split(':');
    http
      .get({ host, port, path: request, timeout: 1000 }, (answer) => {
        answer.resume();
        done(answer.statusCode);
      })
      .on('error', () => done(undefined))
      .on('timeout', () => done(undefined));
  });
}

/** Occupies a port until `free` is called. */
export async function takenPort(): Promise<{ readonly port: number; readonly free: () => Promise<void> }> {
  const server: Server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const free = (): Promise<void> => new Promise((done) => void server.close(() => done()));
  return { port, free };
}
