import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePorts } from '../components/free-ports.ts';

const envoy = process.env['ENVOY'];
const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

interface Applied {
  readonly code: number | null;
  readonly stderr: string;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Two callers and a service with two versions, each with an Envoy; `service`, `access` and `route` have the parts that
 * change.
 */
describe.skipIf(envoy === undefined)('a mesh that is changed while it is used', () => {
  let root: string;
  let ports: readonly number[];
  const running = new Map<string, ChildProcess>();
  const servers: http.Server[] = [];

  beforeAll(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'meshwright-mesh-'));
    for (const name of ['v1', 'v2']) servers.push(await application(name));
    ports = [...servers.map(portOf), ...(await freePorts(12))];
    git('init', '--quiet', '.');
    write({});
    const trusted = mesh('certs', 'init');
    expect(trusted.code, trusted.stderr).toBe(0);
    const first = mesh('apply', '--yes', '--allow-dirty');
    expect(first.code, first.stderr).toBe(0);
    startProxies();
    await until('web', 200);
    await until('other', 403);
  });

  afterAll(async () => {
    await Promise.all([...running.values()].map(ended));
    for (const server of servers) server.closeAllConnections();
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    if (root) rmSync(root, { recursive: true, force: true });
  });

  function write(parts: {
    service?: string;
    access?: string;
    route?: string;
    v2?: boolean;
    mesh?: string;
  }): void {
    const at = (index: number): string => `127.0.0.1:${String(ports[index])}`;
    const caller = (name: string, from: number): string => `---
apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec:
  ports: {}
  endpoints: {default: [{outbound: "${at(from)}", admin: "${at(from + 1)}"}]}
`;
    const endpoint = (app: number, from: number): string =>
      `[{app: "${at(app)}", inbound: "${at(from)}", outbound: "${at(from + 1)}", admin: "${at(from + 2)}"}]`;
    const { service = '', access, route = '', v2 = true } = parts;
    writeFileSync(
      path.join(root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  certificates: {root: {keys: file}, issuer: {keys: file}}
  defaults: {timeout: 5s}
  targets: {local: {platform: envoy, output: {directory: out}}}
${caller('web', 2)}${caller('other', 4)}---
apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  ports: {http: {port: 9080}}
  versions: {v1: {}${v2 ? ', v2: {}' : ''}}
  endpoints:
    v1: ${endpoint(0, 6)}
${v2 ? `    v2: ${endpoint(1, 9)}\n` : ''}${service}---
apiVersion: mesh/v1
kind: Access
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules: [${access ?? '{allow: {from: [{service: web}]}}'}]
${route === '' ? '' : `---\napiVersion: mesh/v1\nkind: Route\nmetadata: {name: reviews, namespace: shop}\nspec:\n  service: reviews\n  rules: ${route}\n`}`,
    );
  }

  function git(...words: readonly string[]): void {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
    const { status, stderr } = spawnSync('git', [...identity, ...words], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }

  function mesh(...words: readonly string[]): Applied {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words, '--root', root], {
      encoding: 'utf8',
      env: { ...process.env, XDG_STATE_HOME: path.join(root, '.state') },
    });
    return { code: status, stderr: `${stdout}${stderr}`, events: [] };
  }

  /** Runs a command in a way that doesn't slow down the load of this process. */
  async function applyBeside(command: readonly string[] = ['apply', '--allow-dirty']): Promise<Applied> {
    const child = spawn(
      process.execPath,
      [bin, ...command, '--yes', '--format', 'ndjson', '--timeout', '20s', '--root', root],
      {
        env: { ...process.env, XDG_STATE_HOME: path.join(root, '.state') },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise<number | null>((done) => child.once('close', done));
    const events = stdout.split('\n').filter((line) => line !== '');
    return { code, stderr, events: events.map((line) => JSON.parse(line) as Record<string, unknown>) };
  }

  function startProxies(): void {
    const index = JSON.parse(readFileSync(path.join(root, 'out/config/current/index.json'), 'utf8')) as {
      proxies: {
        id: string;
        bootstrap: string;
        workingDirectory: string;
        arguments: string[];
        admin: string;
      }[];
    };
    mkdirSync(path.join(root, 'logs'), { recursive: true });
    for (const proxy of index.proxies) {
      const log = openSync(path.join(root, 'logs', `${proxy.id}.log`), 'a');
      const child = spawn(
        envoy!,
        [
          '-c',
          path.join(root, 'out', proxy.bootstrap),
          ...proxy.arguments,
          '--concurrency',
          '1',
          '--log-level',
          'warning',
        ],
        { cwd: path.join(root, 'out', proxy.workingDirectory), stdio: ['ignore', log, log] },
      );
      running.set(proxy.id, child);
    }
  }

  function call(from: 'web' | 'other', agent?: http.Agent): Promise<number | string> {
    return new Promise((done) => {
      const port = ports[from === 'web' ? 2 : 4]!;
      const request = http.get(
        { host: '127.0.0.1', port, path: '/', headers: { host: 'reviews' }, ...(agent && { agent }) },
        (answer) => {
          answer
            .resume()
            .on('end', () => done(answer.statusCode ?? 0))
            .on('error', () => {
              done('cut');
            });
        },
      );
      request.on('error', (error) => done(request.reusedSocket ? 'again' : error.message));
    });
  }

  async function until(from: 'web' | 'other', status: number): Promise<void> {
    let last: unknown;
    for (const end = Date.now() + 20_000; Date.now() < end; ) {
      last = await call(from);
      if (last === status) return;
      await sleep(50);
    }
    throw new Error(`${from} gets ${String(last)}, not ${String(status)}`);
  }

  /** Sends calls of both callers until it is stopped: those of web must all pass, those of the other caller none. */
  function load(): () => Promise<{ sent: number; web: readonly unknown[]; other: readonly unknown[] }> {
    let [stop, sent] = [false, 0];
    const failures = { web: [] as unknown[], other: [] as unknown[] };
    const agents = { web: new http.Agent({ keepAlive: true }), other: new http.Agent({ keepAlive: true }) };
    const worker = async (from: 'web' | 'other'): Promise<void> => {
      while (!stop) {
        const status = await call(from, agents[from]);
        sent++;
        if (status !== (from === 'web' ? 200 : 403) && status !== 'again') failures[from].push(status);
        await sleep(1);
      }
    };
    const workers = [worker('web'), worker('web'), worker('other')];
    return async () => {
      stop = true;
      await Promise.all(workers);
      for (const agent of Object.values(agents)) agent.destroy();
      return { sent, ...failures };
    };
  }

  const changes: readonly {
    readonly what: string;
    readonly to: Parameters<typeof write>[0];
    readonly others?: 'any';
  }[] = [
    {
      what: 'a split',
      to: { route: '[{backends: [{version: v1, weight: 90}, {version: v2, weight: 10}]}]' },
    },
    {
      what: 'another rule that lets the same caller in',
      to: {
        access:
          '{allow: {from: [{authenticated: true}], to: [{methods: [GET]}]}}, {deny: {from: [{service: other}]}}',
      },
    },
    {
      what: 'the first rule again, with a rewritten path',
      to: {
        route:
          '[{match: [{path: {prefix: /}}], rewrite: {path: {replacePrefix: /x}}, backends: [{version: v2}]}]',
      },
    },
    {
      what: 'no mTLS, so that callers have no identity',
      to: { service: '  mtls: disabled\n', access: '{allow: {from: [{anyone: true}]}}' },
      others: 'any',
    },
    { what: 'strict mTLS after none', to: {}, others: 'any' },
    { what: 'permissive mTLS', to: { service: '  mtls: permissive\n' } },
    {
      what: 'strict mTLS again, and a rule that denies',
      to: { access: '{allow: {from: [{service: web}]}}, {deny: {from: [{service: other}]}}' },
    },
    { what: 'one version removed', to: { v2: false } },
    { what: 'the version added again', to: {} },
    {
      what: 'retries and limits of connections',
      to: { service: '  retries: {attempts: 2}\n  connections: {maxRequests: 500}\n' },
    },
  ];

  for (const { what, to, others } of changes) {
    test(`${what}: no request is lost, none gets in that must not`, async () => {
      write(to);
      const done = load();
      await sleep(200);
      const { code, stderr, events } = await applyBeside();
      await sleep(200);
      const { sent, web, other } = await done();
      const said = `${stderr}\n${events.map((event) => JSON.stringify(event)).join('\n')}`;
      expect(code, said).toBe(0);
      expect(web, said).toEqual([]);
      // Both specs refuse the other caller, unless the case says that one of them doesn't.
      if (others === undefined) expect(other, said).toEqual([]);
      expect(sent).toBeGreaterThan(50);
      expect(events.at(-1)).toMatchObject({ type: 'end', exitCode: 0, outcome: { result: 'succeeded' } });
    });
  }

  test('rollback goes back without Git and with a broken spec', async () => {
    const before = readFileSync(path.join(root, 'out/config/current/index.json'), 'utf8');
    write({ access: '{allow: {from: [{service: other}]}}' });
    expect((await applyBeside()).code).toBe(0);
    expect(await call('web')).toBe(403);
    expect(await call('other')).toBe(200);
    writeFileSync(
      path.join(root, 'broken.yaml'),
      'apiVersion: mesh/v1\nkind: Route\nmetadata: {name: x}\nspec: {service: nowhere}\n',
    );
    rmSync(path.join(root, '.git'), { recursive: true });
    const { code, stderr } = await applyBeside(['rollback']);
    expect(code, stderr).toBe(0);
    expect(await call('web')).toBe(200);
    expect(await call('other')).toBe(403);
    expect(readFileSync(path.join(root, 'out/config/current/index.json'), 'utf8')).toBe(before);
  });
});

function application(name: string): Promise<http.Server> {
  const server = http.createServer((_, answer) => answer.end(name));
  server.keepAliveTimeout = 60_000;
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGKILL');
  });
}
