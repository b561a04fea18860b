import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { conformingLines } from './output-schema.ts';
import { Repository } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** Returns services on loopback whose proxies never answer. */
function spec(timeout: string, targets = 'local: {platform: envoy, output: {directory: live}}'): string {
  return `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  certificates: {root: {keys: file}, issuer: {keys: file}}
  defaults: {timeout: ${timeout}}
  targets: {${targets}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: {http: {port: 80}}
  calls: [web]
  endpoints: {default: [{app: "127.0.0.1:1", inbound: "127.0.0.1:2", outbound: "127.0.0.1:3", admin: "127.0.0.1:4"}]}
---
apiVersion: mesh/v1
kind: Access
metadata: {name: web, namespace: shop}
spec: {service: web, rules: [{allow: {from: [{service: web}]}}]}
`;
}

function trusted(text: string): Repository {
  const repository = new Repository({ '.gitignore': '.state\n', 'mesh.yaml': text }).committed();
  const { code, error } = repository.mesh(['certs', 'init']);
  expect(code, error).toBe(0);
  commit(repository, text);
  return repository;
}

function commit(repository: Repository, text: string): void {
  repository.write('mesh.yaml', text);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'next');
}

function started(repository: Repository, words: readonly string[], node: readonly string[] = []) {
  const child = spawn(process.execPath, [...node, bin, ...words], {
    cwd: repository.root,
    env: { ...process.env, XDG_STATE_HOME: path.join(repository.root, '.state') },
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string; error: string }>((done) =>
    child.on('close', (code) => done({ code, out, error })),
  );
  const until = async (text: string): Promise<void> => {
    while (!(out + error).includes(text) && child.exitCode === null)
      await new Promise((done) => setTimeout(done, 20));
    expect(out + error).toContain(text);
  };
  return { child, ended, until };
}

const routes = (repository: Repository): string =>
  readFileSync(path.join(repository.root, 'live/config/current/scopes/shop.web/rds.json'), 'utf8');

const events = (out: string): readonly { readonly type: string; readonly state?: string }[] =>
  conformingLines('events', out);

test('of two concurrent applies one gets the lock, and the other says who has it', {
  timeout: 120_000,
}, async () => {
  const repository = trusted(spec('5s'));
  const first = started(repository, ['apply', '--yes', '--format', 'ndjson']);
  await first.until('"switch"');
  // The first apply is still under way, however slowly the second one starts.
  first.child.kill('SIGSTOP');
  const second = repository.mesh(['apply', '--yes', '--format', 'ndjson']);
  first.child.kill('SIGCONT');
  expect(second.code, second.error).toBe(6);
  expect(second.error).toMatch(
    new RegExp(
      `locked by .+ \\(process ${first.child.pid}, mesh/.+ apply\\) since 20.+--force-unlock [0-9A-Z]{26}`,
    ),
  );
  const told = events(second.out);
  expect(told.map(({ type, state }) => state ?? type)).toEqual(['start', 'held', 'end']);
  expect(told.at(-1)).toMatchObject({ exitCode: 6, outcome: { result: 'refused', cause: { code: 6 } } });
  expect((await first.ended).code).toBe(0);
});

test('the lock of a killed holder is free at once; that of a stopped holder after it has expired', {
  timeout: 180_000,
}, async () => {
  const repository = trusted(spec('5s'));
  const killed = started(repository, ['apply', '--yes', '--format', 'ndjson']);
  await killed.until('"switch"');
  killed.child.kill('SIGKILL');
  await killed.ended;
  const resumed = repository.mesh(['apply', '--resume', '--yes', '--format', 'ndjson']);
  expect(resumed.code, resumed.error).toBe(0);
  expect(events(resumed.out).map(({ state }) => state)).toContain('taken over');

  commit(repository, spec('6s'));
  const stopped = started(repository, ['apply', '--yes', '--format', 'ndjson', '--lock-ttl', '6s']);
  await stopped.until('"switch"');
  stopped.child.kill('SIGSTOP');
  const early = repository.mesh(['apply', '--yes']);
  expect(early.code, early.error).toBe(6);
  await new Promise((done) => setTimeout(done, 7_000));
  const late = repository.mesh(['apply', '--resume', '--yes', '--format', 'ndjson']);
  expect(late.code, late.error).toBe(0);
  expect(events(late.out).map(({ state }) => state)).toEqual(
    expect.arrayContaining(['watched', 'taken over']),
  );
  const link = readlinkSync(path.join(repository.root, 'live/config/current'));
  stopped.child.kill('SIGCONT');
  // The stopped process continues, finds that it lost the lock, and writes nothing.
  const { code, out } = await stopped.ended;
  expect(code).toBe(8);
  expect(events(out).at(-1)).toMatchObject({ outcome: { result: 'incomplete', cause: { code: 6 } } });
  expect(readlinkSync(path.join(repository.root, 'live/config/current'))).toBe(link);
  expect(repository.mesh(['plan', '--detailed-exitcode']).code).toBe(0);
});

test('--force-unlock takes the lock of a living holder, which then stops', {
  timeout: 120_000,
}, async () => {
  const repository = trusted(spec('5s'));
  const first = started(repository, ['apply', '--yes', '--format', 'ndjson']);
  await first.until('"switch"');
  // The holder is alive, but stopped while the test checks it.
  first.child.kill('SIGSTOP');
  const held = repository.mesh(['apply', '--yes']);
  const [, id = ''] = /--force-unlock ([0-9A-Z]{26})/.exec(held.error) ?? [];
  const second = repository.mesh(['apply', '--resume', '--yes', '--force-unlock', id]);
  expect(second.code, second.error).toBe(0);
  first.child.kill('SIGCONT');
  expect((await first.ended).code).toBe(8);
});

test('SIGTERM releases the lock; a second signal ends at once', { timeout: 120_000 }, async () => {
  const repository = trusted(spec('5s'));
  const first = started(repository, ['apply', '--yes', '--format', 'ndjson']);
  await first.until('"switch"');
  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(143);
  expect(readFileSync(path.join(repository.root, 'live/.mesh/lock.1'), 'utf8')).toContain('"released": true');
  const resumed = repository.mesh(['apply', '--resume', '--yes', '--format', 'ndjson']);
  expect(resumed.code, resumed.error).toBe(0);
  expect(events(resumed.out).map(({ state }) => state)).not.toContain('taken over');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s answers the question, and the lock is released',
  { timeout: 60_000 },
  async (signal, code) => {
    const repository = trusted(spec('5s'));
    const asked = 'data:text/javascript,Object.assign(process.stdin,{isTTY:true})';
    const run = started(repository, ['apply'], ['--import', asked]);
    await run.until('Only "yes" does');
    run.child.kill(signal);
    const ended = await run.ended;
    expect(ended.code, ended.error).toBe(code);
    expect(ended.error).toContain('Nothing was done.');
    expect(readFileSync(path.join(repository.root, 'live/.mesh/lock.1'), 'utf8')).toContain(
      '"released": true',
    );
  },
);

test('a recorded run is finished even if Git has moved on, or is broken', {
  timeout: 120_000,
}, async () => {
  const repository = trusted(spec('5s'));
  expect(repository.mesh(['apply', '--yes']).code).toBe(0);
  commit(repository, spec('6s'));
  const first = started(repository, ['apply', '--yes', '--format', 'ndjson']);
  await first.until('"switch"');
  first.child.kill('SIGKILL');
  await first.ended;
  commit(repository, spec('7s'));
  repository.write('broken.yaml', 'apiVersion: mesh/v1\nkind: [');
  const resumed = repository.mesh(['apply', '--resume', '--yes']);
  expect(resumed.error).toContain('not computed: a resumed run goes on with what was planned\n');
  expect(resumed.code, resumed.error).toBe(0);
  expect(resumed.error).toContain('by now: apply again to follow it');
  expect(routes(repository)).toContain('"6s"');
  const nothing = repository.mesh(['apply', '--resume', '--yes', '--directory', 'live']);
  expect([nothing.code, nothing.error]).toEqual([0, 'No run stopped half way.\n']);
});

test('a plain apply closes a run that stopped half way, and starts from the present state', {
  timeout: 120_000,
}, async () => {
  const repository = trusted(spec('5s'));
  const first = started(repository, ['apply', '--yes', '--format', 'ndjson']);
  await first.until('"switch"');
  first.child.kill('SIGKILL');
  await first.ended;
  commit(repository, spec('6s'));
  expect(repository.mesh(['apply', '--yes']).code).toBe(0);
  const { entries } = JSON.parse(repository.mesh(['history', '--format', 'json']).out).targets.local;
  expect(entries).toMatchObject([
    { outcome: 'superseded', supersededBy: entries[1].id },
    { outcome: 'succeeded' },
  ]);
  expect(routes(repository)).toContain('"6s"');
});

test('a hold lasts until Git compiles to the held revision or the hold is released, and a rollback needs no repository', {
  timeout: 180_000,
}, () => {
  const repository = trusted(spec('5s'));
  expect(repository.mesh(['apply', '--yes']).code).toBe(0);
  commit(repository, spec('6s'));
  expect(repository.mesh(['apply', '--yes']).code).toBe(0);
  expect(repository.mesh(['rollback', '--yes']).code).toBe(0);
  expect(routes(repository)).toContain('"5s"');

  const held = repository.mesh(['apply', '--yes', '--format', 'ndjson']);
  expect(held.code).toBe(4);
  expect(held.error).toContain('revert in Git');
  expect(events(held.out).at(-1)).toMatchObject({ exitCode: 4, outcome: { cause: { code: 4 } } });
  const [, id = ''] = /--release-hold ([0-9A-Z]{26})/.exec(held.error) ?? [];
  expect(repository.mesh(['apply', '--yes', '--release-hold', 'X']).code).toBe(4);

  // Git compiles to the held revision, then to another one: the hold has ended.
  commit(repository, spec('5s'));
  expect(repository.mesh(['apply', '--yes']).code).toBe(0);
  commit(repository, spec('6s'));
  expect(repository.mesh(['apply', '--yes']).code).toBe(0);
  expect(repository.mesh(['rollback', '--yes']).code).toBe(0);
  const again = repository.mesh(['apply', '--yes']);
  const [, other = ''] = /--release-hold ([0-9A-Z]{26})/.exec(again.error) ?? [];
  expect(other).not.toBe(id);
  expect(repository.mesh(['apply', '--yes', '--release-hold', other]).code).toBe(0);
  expect(routes(repository)).toContain('"6s"');

  // The repository is gone, and the output has been moved.
  const elsewhere = new Repository({ 'note.txt': '' });
  renameSync(path.join(repository.root, 'live'), path.join(elsewhere.root, 'kept'));
  rmSync(path.join(repository.root, 'mesh.yaml'));
  const back = elsewhere.mesh(['rollback', '--directory', 'kept', '--yes']);
  expect(back.code, back.error).toBe(0);
  const file = path.join(elsewhere.root, 'kept/config/current/scopes/shop.web/rds.json');
  expect(readFileSync(file, 'utf8')).toContain('"5s"');
  const good = elsewhere.mesh(['rollback', '--to', 'last-good', '--directory', 'kept', '--yes']);
  expect(good.code, good.error).toBe(0);
  expect(elsewhere.mesh(['history', '--directory', 'kept']).out).toContain('applied now');
  expect(elsewhere.mesh(['rollback', '--directory', '.', '--yes']).error).toContain('is no output of mesh');
});

test('a target that stops keeps the others from beginning, and a resume continues with the same revision', {
  timeout: 180_000,
}, async () => {
  const names = ['one', 'two', 'three'];
  const targets = names.map((name) => `${name}: {platform: envoy, output: {directory: ${name}}}`).join(', ');
  const repository = trusted(spec('5s', targets));
  expect(repository.mesh(['apply', '--yes']).code).toBe(0);
  commit(repository, spec('6s', targets));
  const timeouts = (): readonly string[] =>
    names.map((name) => {
      const file = path.join(repository.root, name, 'config/current/scopes/shop.web/rds.json');
      return /"timeout": ?"(\ds)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    });
  const first = started(repository, ['apply', '--yes', '--format', 'ndjson']);
  await first.until('"target":"two","stage"');
  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(143);
  expect(timeouts()).toEqual(['6s', '6s', '5s']);
  const outcomes = JSON.parse(repository.mesh(['history', '--format', 'json']).out).targets;
  expect(names.map((name) => outcomes[name].entries.at(-1).outcome)).toEqual([
    'succeeded',
    'interrupted',
    'incomplete',
  ]);

  commit(repository, spec('7s', targets));
  const resumed = repository.mesh(['apply', '--resume', '--yes']);
  expect(resumed.code, resumed.error).toBe(0);
  expect(timeouts()).toEqual(['6s', '6s', '6s']);
});

test('state of an older version is read, and written in the present format; state of a newer one stays unchanged', {
  timeout: 120_000,
}, () => {
  const repository = trusted(spec('5s'));
  expect(repository.mesh(['apply', '--yes']).code).toBe(0);
  commit(repository, spec('6s'));
  expect(repository.mesh(['apply', '--yes']).code).toBe(0);
  // Version 1.0 had no list of owned parts, no facts about material, and no journal.
  const folder = path.join(repository.root, 'live/.mesh');
  const file = path.join(folder, 'state.json');
  const { owned: _, checksum: _checksum, ...state } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...state, formatVersion: '1.0' }));
  for (const name of readdirSync(folder))
    if (/^(journal|lock|material)/.test(name)) rmSync(path.join(folder, name), { recursive: true });
  for (const name of readdirSync(path.join(folder, 'history'))) {
    const {
      checksum: _sum,
      epoch: _epoch,
      ...entry
    } = JSON.parse(readFileSync(path.join(folder, 'history', name), 'utf8'));
    const objects = entry.objects.map(({ wave: _wave, ...object }: { wave: number }) => object);
    writeFileSync(
      path.join(folder, 'history', name),
      JSON.stringify({ ...entry, formatVersion: '1.0', tool: 'mesh/0.0.1', objects }),
    );
  }
  const before = readdirSync(path.join(repository.root, 'live/revisions'));
  const back = repository.mesh(['rollback', '--yes']);
  expect(back.code, back.error).toBe(0);
  expect(routes(repository)).toContain('"5s"');
  const written = JSON.parse(readFileSync(file, 'utf8'));
  expect(written).toMatchObject({ formatVersion: '1.2', epoch: 3, hold: {} });
  // The revisions of that version are known as ours and are deleted.
  expect(written.owned.revisions).toHaveLength(2);
  expect(readdirSync(path.join(repository.root, 'live/revisions')).sort()).toEqual(written.owned.revisions);
  expect(before.some((name) => !written.owned.revisions.includes(name))).toBe(true);

  writeFileSync(file, JSON.stringify({ ...written, formatVersion: '2.0' }));
  const link = readlinkSync(path.join(repository.root, 'live/config/current'));
  const locks = readdirSync(folder).filter((name) => name.startsWith('lock'));
  for (const words of [
    ['apply', '--yes'],
    ['rollback', '--yes'],
    ['apply', '--resume', '--yes'],
  ]) {
    const newer = repository.mesh(words);
    expect(newer.code, newer.error).toBe(1);
    expect(newer.error).toContain('a mesh that writes format 2.0 is needed');
  }
  expect(readlinkSync(path.join(repository.root, 'live/config/current'))).toBe(link);
  expect(readdirSync(folder).filter((name) => name.startsWith('lock'))).toEqual(locks);
});
