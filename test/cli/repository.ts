import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** The cache of compiled code, which is kept between runs as on a user's machine. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/meshwright', import.meta.url));

/** The end of a command. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Surroundings of a command beside its arguments. */
export interface Circumstances {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A temporary folder in which the real command is run; it is removed after the test. */
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

  mesh(args: readonly string[], { input = '', env = {}, cwd = this.root }: Circumstances = {}): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
      cwd,
      input,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        MESHWRIGHT_CACHE: cache,
        XDG_STATE_HOME: path.join(this.root, '.state'),
        ...env,
      },
    });
    return { code: status, out: stdout, error: stderr };
  }
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
