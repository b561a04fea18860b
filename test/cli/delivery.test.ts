import { spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { shortWait } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
let root: string;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'meshwright-cli-'));
  write('5s');
  for (const words of [
    ['init', '--quiet', '.'],
    ['add', 'mesh.yaml'],
    ['commit', '--quiet', '--message', 'first'],
  ])
    git(words);
});
afterAll(() => {
  for (const folder of [root, `${root}.state`]) rmSync(folder, { recursive: true, force: true });
});

function write(timeout: string, output = '{directory: out}'): void {
  writeFileSync(
    path.join(root, 'mesh.yaml'),
    `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  certificates: {root: {keys: file}, issuer: {keys: file}}
  defaults: {timeout: ${timeout}}
  targets: {local: {platform: envoy, output: ${output}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: {http: {port: 80}}
  endpoints: {default: [{app: "127.0.0.1:1", inbound: "127.0.0.1:2", outbound: "127.0.0.1:3", admin: "127.0.0.1:4"}]}
---
apiVersion: mesh/v1
kind: Access
metadata: {name: web, namespace: shop}
spec: {service: web, rules: [{allow: {from: [{service: web}]}}]}
`,
  );
}

function git(words: readonly string[]): void {
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
  const { status, stderr } = spawnSync('git', [...who, ...words], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

const env = (): NodeJS.ProcessEnv => ({ ...process.env, XDG_STATE_HOME: `${root}.state` });

function mesh(...words: readonly string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [bin, ...words, '--root', root, ...shortWait(words)],
    {
      encoding: 'utf8',
      env: env(),
    },
  );
  return { code: status, out: stdout, error: stderr };
}

const current = (): string => readlinkSync(path.join(root, 'out/config/current'));

test('a first plan, apply, change, history and rollback', { timeout: 120_000 }, () => {
  const first = mesh('plan', '--format', 'json', '--detailed-exitcode');
  expect(first.code, first.error).toBe(2);
  const plan = JSON.parse(first.out);
  expect(plan.targets.local.certificates).toEqual([
    { subject: 'spiffe://shop.example/ns/shop/sa/web', proxy: 'shop-web-default-0', action: 'issue' },
  ]);
  expect(plan.targets.local.objects).toContainEqual(
    expect.objectContaining({ op: 'create', origin: expect.objectContaining({ file: 'mesh.yaml' }) }),
  );
  expect(mesh('plan').code).toBe(0);

  const untrusted = mesh('apply', '--yes');
  expect(untrusted.code).toBe(13);
  expect(untrusted.error).toContain('mesh certs init');
  expect(() => current()).toThrow('ENOENT');
  expect(mesh('certs', 'init').code).toBe(0);

  const dirty = mesh('apply', '--yes');
  expect(dirty.code).toBe(64);
  expect(dirty.error).toContain('--allow-dirty');
  git(['add', 'mesh.yaml', 'certificates']);
  git(['commit', '--quiet', '--message', 'trust']);
  const unasked = mesh('apply');
  expect(unasked.code).toBe(64);
  expect(unasked.error).toContain('--yes');

  const applied = mesh('apply', '--yes', '--format', 'ndjson');
  expect(applied.code, applied.error).toBe(0);
  const events = applied.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expect(events[0]).toMatchObject({
    type: 'start',
    command: 'apply',
    revision: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
  // No proxy runs here, so none has confirmed the revision.
  expect(events.at(-1)).toMatchObject({
    type: 'end',
    exitCode: 0,
    outcome: { result: 'succeeded', unseen: ['shop-web-default-0'] },
  });
  const before = current();

  const again = mesh('apply', '--format', 'ndjson');
  expect(again.code, again.error).toBe(0);
  expect(again.out).toContain('"unchanged"');
  expect(mesh('plan', '--detailed-exitcode').code).toBe(0);

  write('7s');
  const changed = mesh('plan');
  expect(changed.out).toMatch(/^Spec\n {2}~ Mesh shop: defaults\.timeout: 5s → 7s {2}mesh\.yaml:\d+:\d+\n/);
  expect(changed.out).not.toContain('RouteConfiguration');
  const whole = mesh('plan', '--verbose').out;
  expect(whole).toMatch(/~ RouteConfiguration .* mesh\.yaml:\d+:\d+/);
  expect(whole).toContain('"5s" → "7s"');
  expect(changed.out).toMatch(
    /[0-9] kinds? of requests? changes?; every other request is decided as before \(proved\)/,
  );
  const unconfirmed = mesh('apply', '--yes', '--allow-dirty');
  expect(unconfirmed.code).toBe(0);
  expect(unconfirmed.error).toContain('written, not confirmed: shop-web-default-0 has never answered');
  expect(unconfirmed.error).not.toContain('succeeded');
  expect(current()).not.toBe(before);

  const history = JSON.parse(mesh('history', '--format', 'json').out).targets.local;
  expect(history.entries).toHaveLength(2);
  expect(history.entries[0]).toMatchObject({ outcome: 'succeeded', dirty: false, unchanged: { times: 1 } });
  expect(history.entries[1]).toMatchObject({ dirty: true, parent: history.entries[0].id });
  expect(history.applied).toBe(history.entries[1].id);
  expect(mesh('history', '--pin', history.entries[0].id).out).toContain('pinned');

  const run = mesh('history', history.entries[1].id.slice(0, 22).toLowerCase());
  expect(run.out).toContain('~ Mesh shop: defaults.timeout: 5s → 7s  mesh.yaml:');
  expect(run.out).not.toContain(history.entries[0].id);
  const one = conforming('history', mesh('history', history.entries[0].id, '--format', 'json').out).targets
    .local;
  expect(one.entries).toHaveLength(1);
  // The first run found nothing applied: each document is new.
  expect(one.spec).toContainEqual(expect.objectContaining({ op: 'create', kind: 'Service', name: 'web' }));
  const unknown = mesh('history', 'no-such-run');
  expect(unknown).toMatchObject({ code: 1 });
  expect(unknown.error).toContain('no recorded revision is "no-such-run"; mesh history lists them');

  const recorded = readdirSync(path.join(root, 'out/.mesh'), { recursive: true });
  const tried = mesh('rollback', '--dry-run');
  expect(tried.out).toMatch(/Meaning: .*\(proved\)/);
  expect(tried.code, tried.error).toBe(0);
  expect(tried.out).toContain('~ Mesh shop: defaults.timeout: 7s → 5s  mesh.yaml:');
  expect(readdirSync(path.join(root, 'out/.mesh'), { recursive: true })).toEqual(recorded);
  expect(mesh('rollback', '--dry-run', '--format', 'ndjson').code).toBe(64);

  const back = mesh('rollback', history.entries[0].id, '--yes');
  expect(back.error).toContain(
    'Meaning (access, routing): not computed: a rollback does not wait; --dry-run does\n',
  );
  expect(back.code, back.error).toBe(0);
  // No Envoy runs here, so that none of them confirms it.
  expect(back.out).toMatch(
    /^rollback: written, not confirmed: 0 created, 1 updated, 0 deleted; 1 proxy never answered \([\d.]+ s\)\n/,
  );
  expect(readFileSync(path.join(root, 'out/config/current/scopes/_all/rds.json'), 'utf8')).toContain('"5s"');
  expect(mesh('rollback', 'nothing', '--yes').code).toBe(1);
});

test('obstacles, paths that lead out and missing features are reported before the first write', {
  timeout: 60_000,
}, () => {
  mkdirSync(path.join(root, 'taken/config/current'), { recursive: true });
  write('5s', '{directory: taken}');
  const taken = mesh('apply', '--yes', '--allow-dirty');
  expect(taken.code, taken.error).toBe(7);
  expect(taken.error).toContain('config is in the way');
  write('5s', '{directory: ../elsewhere}');
  expect(mesh('apply', '--yes', '--allow-dirty').code).toBe(3);
  write('5s', '{git: {repository: ../deploy, branch: main, path: x}}');
  const files = mesh('plan');
  expect(files.code).toBe(3);
  expect(files.error).toContain('is files, and a deployment repository takes objects');
  expect(mesh('plan', '--target', 'nowhere').code).toBe(64);
});

test('SIGTERM ends a run with 143, after the present write', { timeout: 60_000 }, async () => {
  write('9s', '{directory: stopped}');
  const child = spawn(
    process.execPath,
    [bin, 'apply', '--yes', '--allow-dirty', '--format', 'ndjson', '--root', root],
    {
      env: env(),
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (!out.includes('"switch"') && chunk.toString().includes('"switch"')) child.kill('SIGTERM');
    out += chunk.toString();
  });
  expect(await new Promise((done) => child.once('close', done))).toBe(143);
  expect(out).toContain('"result":"interrupted"');
  expect(readlinkSync(path.join(root, 'stopped/config/current'))).toContain('make');
});
