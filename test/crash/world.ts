import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/meshwright', import.meta.url));

/** The result of a command. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly error: string;
}

/** The words of a program that runs a command: `strace …`, `unshare …`. */
export type Wrapper = readonly string[];

/** Two specs that differ in routes, access, a service with its proxy, and certificates. */
export type Spec = 'first' | 'second';

/** A repository with an output, always in the same place, that can be restored to an earlier state. */
export class World {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'meshwright-crash-'));
  readonly root = path.join(this.folder, 'shop');
  readonly output = path.join(this.root, 'out');
  private readonly admins: readonly string[];

  private constructor(admins: readonly string[]) {
    this.admins = admins;
    mkdirSync(this.root);
  }

  /** Makes a world; `admins` are the admin addresses of its two proxies. */
  static async made(admins: readonly string[]): Promise<World> {
    const world = new World(admins);
    world.write('first');
    world.git('init', '--quiet', '--initial-branch=main');
    writeFileSync(path.join(world.root, '.gitignore'), 'out/\n');
    world.expectSuccess(await world.mesh(['certs', 'init']));
    world.commit('first');
    return world;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes a spec and commits it. */
  go(spec: Spec): void {
    this.write(spec);
    this.commit(spec);
  }

  /** Saves the present state under a name, to be restored later. */
  keep(name: string): void {
    cpSync(this.root, path.join(this.folder, name), { recursive: true, verbatimSymlinks: true });
  }

  putBack(name: string): void {
    rmSync(this.root, { recursive: true, force: true });
    cpSync(path.join(this.folder, name), this.root, { recursive: true, verbatimSymlinks: true });
  }

  /** Runs the real command while this process answers for the proxies. */
  mesh(words: readonly string[], wrapper: Wrapper = [], node: readonly string[] = []): Promise<Ran> {
    return this.run([...wrapper, process.execPath, ...node, bin, ...words]);
  }

  /** Commits all files. */
  committed(message: string): void {
    this.commit(message);
  }

  /** Runs shell lines in which `mesh` is the real command, as root of a private mount namespace. */
  withMounts(script: string): Promise<Ran> {
    const mesh = `mesh() { '${process.execPath}' '${bin}' "$@"; }`;
    return this.run(['unshare', '-m', 'sh', '-c', `${mesh}\n${script}`]);
  }

  private run([program, ...rest]: readonly string[]): Promise<Ran> {
    const child = spawn(program as string, rest, {
      cwd: this.root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: this.environment(),
    });
    let [out, error] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    return new Promise((done) => child.on('close', (code, signal) => done({ code, signal, out, error })));
  }

  environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      // Use one thread for files, so that they are written in the same order each time.
      UV_THREADPOOL_SIZE: '1',
      MESHWRIGHT_CACHE: cache,
      XDG_STATE_HOME: path.join(this.folder, 'state'),
    };
  }

  expectSuccess(ran: Ran): void {
    if (ran.code !== 0) throw new Error(`exit ${String(ran.code)}: ${ran.error}`);
  }

  private commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
  }

  private git(...words: readonly string[]): void {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
    const { status, stderr } = spawnSync('git', [...who, ...words], { cwd: this.root, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }

  private write(spec: Spec): void {
    const [web = '', reviews = ''] = this.admins;
    writeFileSync(path.join(this.root, 'mesh.yaml'), mesh(spec, web, reviews));
  }

  /** Returns the text of a file of the output. */
  read(file: string): string {
    return readFileSync(path.join(this.output, file), 'utf8');
  }
}

function mesh(spec: Spec, web: string, reviews: string): string {
  const isSecond = spec === 'second';
  return `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  certificates: {root: {keys: file}, issuer: {keys: file}}
  defaults: {timeout: ${isSecond ? '7s' : '5s'}}
  targets: {local: {platform: envoy, output: {directory: out}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: {http: {port: 80}}
  calls: [${isSecond ? 'web, reviews' : 'web'}]
  endpoints: {default: [{app: "127.0.0.1:11", inbound: "127.0.0.1:12", outbound: "127.0.0.1:13", admin: "${web}"}]}
---
apiVersion: mesh/v1
kind: Access
metadata: {name: web, namespace: shop}
spec: {service: web, rules: [{allow: {from: [{service: web}], to: [{methods: [${isSecond ? 'GET, PUT' : 'GET, POST'}]}]}}]}
${
  isSecond
    ? `---
apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  ports: {http: {port: 80}}
  calls: []
  endpoints: {default: [{app: "127.0.0.1:21", inbound: "127.0.0.1:22", outbound: "127.0.0.1:23", admin: "${reviews}"}]}
---
apiVersion: mesh/v1
kind: Access
metadata: {name: reviews, namespace: shop}
spec: {service: reviews, rules: [{allow: {from: [{service: web}]}}]}
`
    : ''
}`;
}
