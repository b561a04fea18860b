import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { open, type Stall } from '../../fixtures/demo/shop.ts';
import { freePorts } from '../components/free-ports.ts';

const supervisor = fileURLToPath(new URL('./supervisor.ts', import.meta.url));
const mesh = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const fixtures = fileURLToPath(new URL('../../fixtures/demo', import.meta.url));

/** Columns by which the demo indents what commands print. */
export const indent = 4;

/** The output and the exit code of a command. */
export interface Ran {
  readonly code: number;
  readonly out: string;
}

/** A command that shows its progress while it runs. */
export interface Following {
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;
  /** Asks the command to end, as SIGTERM does. */
  readonly stop: () => void;
}

/** The ports of the fixture's addresses: those that end in `001` are outbound proxies, in `080` applications. */
export type Ports = Readonly<Record<string, number>>;

/** A temporary repository, the services and the Envoys of the demo, which are all removed at the end. */
export class Stage {
  readonly root = mkdtempSync(path.join(tmpdir(), 'meshwright-demo-'));
  /** Ports of the mesh, by the number that its fixture has. */
  ports: Ports = {};
  readonly #children = new Set<ChildProcess>();
  readonly #servers: http.Server[] = [];
  #supervisor: ChildProcessByStdio<Writable, null, null> | undefined;

  /**
   * Copies the demo's mesh, and what lies over it, into a repository of its own, with ports that are free on this machine.
   */
  async prepare(...over: readonly 'canary'[]): Promise<Ports> {
    for (const name of ['mesh', ...over]) cpSync(path.join(fixtures, name), this.root, { recursive: true });
    const written = new Set<string>();
    const files = readdirSync(this.root).map((name) => path.join(this.root, name));
    for (const file of files)
      for (const [, port = ''] of readFileSync(file, 'utf8').matchAll(/127\.0\.0\.1:(\d+)/g))
        written.add(port);
    const free = await freePorts(written.size);
    const ports = Object.fromEntries([...written].map((port, i) => [port, free[i] ?? 0]));
    this.ports = ports;
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        text.replace(/127\.0\.0\.1:(\d+)/g, (_, port: string) => `127.0.0.1:${String(ports[port])}`),
      );
    }
    writeFileSync(path.join(this.root, '.gitignore'), 'out/\npreview/\n.state/\n');
    await this.git('init', '--quiet', '--initial-branch=main');
    return ports;
  }

  async openShop(stalls: readonly Stall[]): Promise<void> {
    this.#servers.push(...(await Promise.all(stalls.map(open))));
  }

  /** Runs `mesh` in the repository; joins both output streams, as a terminal shows them. */
  mesh(...args: string[]): Promise<Ran> {
    return this.#run(process.execPath, [mesh, ...args]);
  }

  /**
   * Starts `mesh` in the repository. It draws on this terminal; without one each line that it prints is told to `line`.
   */
  follow(args: readonly string[], line: (text: string) => void): Following {
    const isTerminal = process.stdin.isTTY && process.stderr.isTTY;
    const { NO_COLOR: _, ...coloured } = this.#environment;
    const child = spawn(process.execPath, [mesh, ...args], {
      cwd: this.root,
      env: isTerminal ? coloured : this.#environment,
      stdio: isTerminal ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    for (const stream of [child.stdout, child.stderr])
      if (stream !== null) createInterface({ input: stream }).on('line', line);
    const ended = new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        this.#children.delete(child);
        resolve(code ?? 1);
      });
    });
    return { ended, stop: () => void child.kill('SIGTERM') };
  }

  async git(...args: string[]): Promise<void> {
    const { code, out } = await this.#run('git', [
      '-c',
      'user.name=demo',
      '-c',
      'user.email=demo@shop.example',
      '-c',
      'commit.gpgsign=false',
      ...args,
    ]);
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${out}`);
  }

  /** Replaces the text of a file of the repository by the result of `change`. */
  edit(file: string, change: (text: string) => string): void {
    const place = path.join(this.root, file);
    writeFileSync(place, change(readFileSync(place, 'utf8')));
  }

  /** Starts a process that runs until the end. */
  background(program: string, args: readonly string[], cwd: string): void {
    this.#supervisor ??= spawn(process.execPath, [supervisor], { stdio: ['pipe', 'ignore', 'ignore'] });
    this.#supervisor.stdin.write(`${JSON.stringify({ program, args, cwd })}\n`);
  }

  /** Ends everything that was started and removes the repository; safe to call twice. */
  close(): void {
    this.#supervisor?.stdin.end();
    for (const child of this.#children) child.kill('SIGKILL');
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(this.root, { recursive: true, force: true });
  }

  get #environment(): NodeJS.ProcessEnv {
    const { stdout, env } = process;
    const isPlain = !stdout.isTTY || Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb';
    return {
      ...env,
      XDG_STATE_HOME: path.join(this.root, '.state'),
      ...(stdout.isTTY && { COLUMNS: String(stdout.columns - indent) }),
      ...(isPlain ? { NO_COLOR: '1' } : { FORCE_COLOR: '1' }),
    };
  }

  #run(program: string, args: readonly string[]): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, {
        cwd: this.root,
        env: this.#environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.#children.add(child);
      let out = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data: Buffer) => (out += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => {
        this.#children.delete(child);
        resolve({ code: code ?? 1, out: out.trimEnd() });
      });
    });
  }
}
