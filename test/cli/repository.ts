import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Ran, type Served, servedMesh } from './served-mesh.ts';

export type { Ran };

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** The cache of compiled code, kept between runs as on a user's machine. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/meshwright', import.meta.url));

/** The conditions of a command in addition to its arguments. */
export interface Circumstances {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The file that standard output goes to; default: a pipe. */
  readonly outTo?: string;
}

/** A temporary folder in which the real command runs; it is removed after the test. */
export class Repository {
  readonly root = mkdtempSync(path.join(tmpdir(), 'meshwright-cli-'));

  constructor(files: Readonly<Record<string, string>>) {
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }));
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  write(file: string, text: string): void {
    const place = path.join(this.root, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...identity, ...args], { cwd: this.root, encoding: 'utf8' });
  }

  /** Makes the folder a Git repository with one commit of all files. */
  committed(): this {
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'first');
    return this;
  }

  /**
   * Runs a command in a process that runs one command after another. An apply or a rollback waits at most one second
   * for proxies, since none run.
   */
  mesh(args: readonly string[], circumstances: Circumstances = {}): Ran {
    return servedMesh(this.command(args, circumstances));
  }

  /** Runs a command in a new process. */
  started(args: readonly string[], circumstances: Circumstances = {}): Ran {
    const { args: words, ...options } = this.command(args, circumstances);
    const { outTo } = circumstances;
    const file = outTo === undefined ? undefined : openSync(outTo, 'w');
    try {
      const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
        ...options,
        encoding: 'utf8',
        stdio: ['pipe', file ?? 'pipe', 'pipe'],
      });
      return { code: status, out: outTo === undefined ? stdout : readFileSync(outTo, 'utf8'), error: stderr };
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  /** Runs a command in a new process, beside others. */
  async beside(args: readonly string[], circumstances: Circumstances = {}): Promise<Ran> {
    const { args: words, input, ...options } = this.command(args, circumstances);
    const child = spawn(process.execPath, [bin, ...words], options);
    child.stdin.end(input);
    const [out, error] = [child.stdout, child.stderr].map((stream) => text(stream));
    const [code] = (await once(child, 'exit')) as [number | null];
    return { code, out: (await out) ?? '', error: (await error) ?? '' };
  }

  private command(args: readonly string[], { input = '', env = {}, cwd = this.root }: Circumstances): Served {
    return {
      args: [...args, ...shortWait(args)],
      cwd,
      input,
      env: {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        MESHWRIGHT_CACHE: cache,
        XDG_STATE_HOME: path.join(this.root, '.state'),
        ...env,
      },
    };
  }
}

/** Returns a short timeout option for a command that would wait for proxies, unless its arguments have one. */
export function shortWait(args: readonly string[]): readonly string[] {
  const waits = (args[0] === 'apply' || args[0] === 'rollback') && !args.includes('--timeout');
  return waits ? ['--timeout', '1s'] : [];
}

/** A shop of two services on loopback, with a Route and an Access, for Envoys. */
export const shop: Readonly<Record<string, string>> = {
  'mesh.yaml': `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  defaults: {timeout: 3s}
  targets:
    local: {platform: envoy, output: {directory: live}}
`,
  'services.yaml': `apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  calls: [reviews]
  endpoints: {default: [{outbound: "127.0.0.1:21001", admin: "127.0.0.1:21000"}]}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  calls: []
  ports: {http: {port: 80}}
  versions: {v1: {}, v2: {}}
  endpoints:
    v1: [{app: "127.0.0.1:24080", inbound: "127.0.0.1:24006", outbound: "127.0.0.1:24001", admin: "127.0.0.1:24000"}]
    v2: [{app: "127.0.0.1:25080", inbound: "127.0.0.1:25006", outbound: "127.0.0.1:25001", admin: "127.0.0.1:25000"}]
`,
  'routes.yaml': `apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
    - backends: [{version: v1, weight: 90}, {version: v2, weight: 10}]
`,
  'access.yaml': `apiVersion: mesh/v1
kind: Access
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
    - allow: {from: [{service: web}], to: [{methods: [GET]}]}
`,
};

/** The shop as one stream for standard input. */
export const shopStream = Object.values(shop).join('---\n');
