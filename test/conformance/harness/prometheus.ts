import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../../components/free-ports.ts';

/** Path of a Prometheus server that runs here; undefined, with a word about what is skipped, if there is none. */
export function prometheusBinary(): string | undefined {
  const script = fileURLToPath(new URL('../../components/prometheus.sh', import.meta.url));
  try {
    return execFileSync(script, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  } catch (error) {
    if (process.env['CI']) throw new Error('CI has no Prometheus', { cause: error });
    console.warn('\nNO PROMETHEUS: the tests of evidence from a real Prometheus are skipped.\n');
    return undefined;
  }
}

/** Jobs of a real Prometheus server: targets by name. */
export type Jobs = Readonly<Record<string, readonly string[]>>;

/** A real Prometheus server that scrapes every second; ended by its own process id. */
export class Prometheus {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(url: string, child: ChildProcess, folder: string) {
    this.url = url;
    this.#child = child;
    this.#folder = folder;
  }

  static async start(binary: string, jobs: Jobs, port?: number): Promise<Prometheus> {
    const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-prometheus-'));
    const address = `127.0.0.1:${String(port ?? (await freePorts(1))[0])}`;
    writeFileSync(
      path.join(folder, 'prometheus.json'),
      JSON.stringify({
        global: { scrape_interval: '1s', scrape_timeout: '900ms' },
        scrape_configs: Object.entries(jobs).map(([name, targets]) => ({
          job_name: name,
          metrics_path: '/stats/prometheus',
          static_configs: [{ targets }],
        })),
      }),
    );
    const child = spawn(
      binary,
      [
        `--config.file=${path.join(folder, 'prometheus.json')}`,
        `--storage.tsdb.path=${path.join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        '--log.level=error',
      ],
      { stdio: 'ignore', cwd: folder },
    );
    const server = new Prometheus(`http://${address}`, child, folder);
    const end = Date.now() + 30_000;
    while (!(await isReady(server.url))) {
      if (Date.now() > end) throw new Error('Prometheus is not ready after 30 s');
      await sleep(100);
    }
    return server;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((done) => this.#child.once('exit', done));
      this.#child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}
