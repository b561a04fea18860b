import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Proxy } from '../../../src/core/targets/proxy.ts';

/** Starts an Envoy for each proxy as soon as its files exist, as a service manager with a path unit does. */
export class Proxies {
  readonly #running = new Map<string, ChildProcess>();
  readonly #envoy: string;
  readonly #root: string;
  readonly #changed: (words: readonly string[]) => readonly string[];
  #stopped = false;
  readonly #watch: Promise<void>;

  /** `changed` returns the arguments with which a proxy starts. */
  constructor(envoy: string, root: string, changed = (words: readonly string[]) => words) {
    this.#envoy = envoy;
    this.#root = root;
    this.#changed = changed;
    mkdirSync(path.join(root, 'logs'), { recursive: true });
    this.#watch = this.#start();
  }

  get ids(): readonly string[] {
    return [...this.#running.keys()].sort();
  }

  /** Returns the proxies that have ended by themselves. */
  get dead(): readonly string[] {
    return [...this.#running]
      .filter(([, { exitCode, signalCode }]) => exitCode !== null || signalCode !== null)
      .map(([id]) => id);
  }

  /** Ends the proxies that no file names any more, as somebody who decommissions a machine does after an apply. */
  async retire(): Promise<void> {
    const named = new Set(this.#listed().map(({ id }) => id));
    for (const [id, child] of this.#running) {
      if (named.has(id)) continue;
      this.#running.delete(id);
      await ended(child);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#watch;
    await Promise.all([...this.#running.values()].map(ended));
  }

  log(id: string): string {
    return readFileSync(path.join(this.#root, 'logs', `${id}.log`), 'utf8').slice(-2000);
  }

  async #start(): Promise<void> {
    while (!this.#stopped) {
      for (const proxy of this.#listed()) if (!this.#running.has(proxy.id)) this.#run(proxy);
      await sleep(50);
    }
  }

  #listed(): readonly Proxy[] {
    const index = path.join(this.#root, 'out/config/current/index.json');
    if (!existsSync(index)) return [];
    const { proxies } = JSON.parse(readFileSync(index, 'utf8')) as { readonly proxies: readonly Proxy[] };
    return proxies;
  }

  #run({ id, bootstrap, arguments: words, workingDirectory }: Proxy): void {
    const log = openSync(path.join(this.#root, 'logs', `${id}.log`), 'a');
    const args = ['-c', path.join(this.#root, 'out', bootstrap), ...this.#changed(words)];
    const child = spawn(this.#envoy, [...args, '--concurrency', '1', '--log-level', 'warning'], {
      cwd: path.join(this.#root, 'out', workingDirectory),
      stdio: ['ignore', log, log],
    });
    this.#running.set(id, child);
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGKILL');
  });
}
