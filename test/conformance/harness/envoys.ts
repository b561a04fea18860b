import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Proxy } from '../../../src/core/targets/proxy.ts';

/** Real Envoys, each in the working directory that the target says; they are ended by their own process ids. */
export class Envoys {
  readonly #running = new Map<string, ChildProcess>();

  readonly #binary: string;
  readonly #directory: string;

  constructor(binary: string, directory: string) {
    this.#binary = binary;
    this.#directory = directory;
  }

  /** Starts one Envoy for each proxy and waits until its listeners are up. */
  async start(proxies: readonly Proxy[]): Promise<void> {
    await Promise.all(proxies.map((proxy) => this.#start(proxy)));
  }

  /** Returns the path of the log of one Envoy. */
  log(id: string): string {
    return path.join(this.#directory, `${id}.log`);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(ended));
    this.#running.clear();
  }

  async kill(id: string): Promise<void> {
    const child = this.#running.get(id);
    if (child) await ended(child);
    this.#running.delete(id);
  }

  /**
   * Try again: with many Envoys at once the kernel may have no free watchers for a moment
   * (fs.inotify.max_user_instances).
   */
  async #start(proxy: Proxy, attempts = 20): Promise<void> {
    try {
      await this.#started(proxy);
    } catch (error) {
      if (attempts <= 1 || !readFileSync(this.log(proxy.id), 'utf8').includes('inotify_fd_ >= 0'))
        throw error;
      await this.kill(proxy.id);
      writeFileSync(this.log(proxy.id), '');
      await new Promise((done) => setTimeout(done, 3000));
      await this.#start(proxy, attempts - 1);
    }
  }

  async #started(proxy: Proxy): Promise<void> {
    const cwd = path.resolve(this.#directory, proxy.workingDirectory);
    await mkdir(cwd, { recursive: true });
    const log = openSync(this.log(proxy.id), 'a');
    const child = spawn(
      this.#binary,
      [
        '-c',
        path.resolve(this.#directory, proxy.bootstrap),
        ...proxy.arguments,
        '--concurrency',
        '1',
        '--reject-unknown-dynamic-fields',
        '--log-level',
        'warning',
      ],
      { cwd, stdio: ['ignore', log, log] },
    );
    closeSync(log);
    this.#running.set(proxy.id, child);
    await this.#ready(proxy, child);
  }

  async #ready(proxy: Proxy, child: ChildProcess): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const state = await admin(proxy.admin, '/ready');
      if (state?.startsWith('LIVE')) break;
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
        throw new Error(
          `Envoy ${proxy.id} is not ready: ${state ?? ''}\n${readFileSync(this.log(proxy.id), 'utf8').slice(-3000)}`,
        );
      }
      await new Promise((done) => setTimeout(done, 50));
    }
    const rejected = (await admin(proxy.admin, '/stats?filter=update_rejected|update_failure')) ?? '';
    const bad = rejected.split('\n').filter((line) => /: [1-9]/.test(line));
    if (bad.length > 0) {
      throw new Error(
        `Envoy ${proxy.id} refused its configuration: ${bad.join(', ')}\n${readFileSync(this.log(proxy.id), 'utf8').slice(-3000)}`,
      );
    }
  }
}

/** Returns the answer of an admin address, if it answers. */
export async function admin(address: string, route: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://${address}${route}`, { signal: AbortSignal.timeout(5000) });
    return await answer.text();
  } catch {
    return undefined;
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      done();
      return;
    }
    child.once('exit', () => {
      done();
    });
    child.kill('SIGKILL');
  });
}
