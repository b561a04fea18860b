import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { putStoredOutput } from '../core/history/stored-output.ts';
import { type Ran, Repository } from './repository.ts';

const clock = fileURLToPath(new URL('clock.js', import.meta.url));
const killBehindSwitch = fileURLToPath(new URL('../crash/kill-behind-switch.js', import.meta.url));

/** No proxy of ours reads a delivery for Istio, so no apply waits for one. */
function spec(timeout: string, targets = 'local: {platform: istio, output: {directory: live}}'): string {
  return `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  defaults: {timeout: ${timeout}}
  targets: {${targets}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: {http: {port: 80}}
  calls: [web]
---
apiVersion: mesh/v1
kind: Access
metadata: {name: web, namespace: shop}
spec: {service: web, rules: [{allow: {from: [{service: web}]}}]}
`;
}

/** A repository in which each new spec is committed. */
class Shop extends Repository {
  constructor(targets?: string) {
    super({ '.gitignore': '.state\n', 'mesh.yaml': spec('5s', targets) });
    this.committed();
  }

  put(timeout: string, targets?: string): void {
    this.write('mesh.yaml', spec(timeout, targets));
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', timeout);
  }

  done({ code, error }: Ran): void {
    expect(code, error).toBe(0);
  }

  applied(timeout: string): void {
    this.put(timeout);
    this.done(this.mesh(['apply', '--yes']));
  }

  at(file: string): string {
    return path.join(this.root, 'live', file);
  }

  /** The timeout of routes in the revision in force. */
  get timeout(): string {
    const folder = this.at('config/current/');
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'));
    return /timeout: "(\ds)"/.exec(texts.join())?.[1] ?? '';
  }
}

test('a rollback reads the state of mesh 0.1.0, and writes checksums', { timeout: 120_000 }, () => {
  const repository = new Repository({ 'note.txt': '' });
  putStoredOutput(path.join(repository.root, 'kept'), 'mesh-0.1.0');
  const listed = repository.mesh(['history', '--directory', 'kept']);
  expect(listed.out.match(/succeeded/g), listed.error).toHaveLength(3);
  const back = repository.mesh(['rollback', '--directory', 'kept', '--yes']);
  expect(back.code, back.error).toBe(0);
  const folder = path.join(repository.root, 'kept/.mesh');
  const stored = JSON.parse(readFileSync(path.join(folder, 'state.json'), 'utf8'));
  expect(stored).toMatchObject({
    formatVersion: '1.2',
    epoch: 4,
    checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('the message about each lost stored file names a remedy, and the remedy works', {
  timeout: 300_000,
}, () => {
  const shop = new Shop();
  shop.applied('5s');
  shop.applied('6s');
  const apply = (...words: readonly string[]): Ran => shop.mesh(['apply', '--yes', ...words]);
  const refused = (code: number, wayOut: string): void => {
    const ran = apply();
    expect(ran.code, ran.error).toBe(code);
    expect(ran.error).toContain(wayOut);
    expect(ran.error).not.toContain('a defect');
  };

  // The state: first damaged, then lost.
  const state = shop.at('.mesh/state.json');
  writeFileSync(state, readFileSync(state, 'utf8').replace('"epoch": 2', '"epoch": 1'));
  refused(1, 'move it away, and --adopt .mesh');
  rmSync(state);
  refused(7, '--adopt .mesh');
  shop.done(apply('--adopt', '.mesh'));
  shop.applied('7s');

  // The pointer to the revision in force: first damaged, then lost.
  const pointer = shop.at(`.mesh/revisions/${path.basename(readlinkSync(shop.at('config/current')))}.json`);
  const whole = readFileSync(pointer, 'utf8');
  writeFileSync(pointer, whole.replace('"stage": "', '"stage": "x'));
  refused(1, 'move it away, and it is made again');
  rmSync(pointer);
  shop.done(apply());
  expect(existsSync(pointer)).toBe(true);
  shop.done(shop.mesh(['rollback', '--yes']));
  expect(shop.timeout).toBe('6s');
  shop.done(shop.mesh(['rollback', '--yes']));
  expect(shop.timeout).toBe('7s');

  // The snapshot of the revision in force, which has all knowledge of it.
  rmSync(shop.at('.mesh/snapshots'), { recursive: true });
  refused(7, '--adopt config/current');
  shop.done(apply('--adopt', 'config/current'));
  expect(shop.timeout).toBe('7s');
  shop.applied('8s');

  // The whole ledger.
  rmSync(shop.at('.mesh'), { recursive: true });
  refused(7, '--adopt .mesh');
  expect(existsSync(shop.at('.mesh'))).toBe(false);
  shop.done(apply('--adopt', '.mesh'));
  shop.applied('9s');
  expect(shop.timeout).toBe('9s');
  expect(shop.mesh(['drift', '--detailed-exitcode']).code).toBe(0);
});

test('a damaged old entry of the history does not stop a run, and is named', { timeout: 120_000 }, () => {
  const shop = new Shop();
  shop.applied('5s');
  shop.applied('6s');
  const [first = ''] = readdirSync(shop.at('.mesh/history')).sort();
  writeFileSync(shop.at(`.mesh/history/${first}`), 'no JSON');
  const listed = shop.mesh(['history']);
  expect([listed.code, listed.error]).toEqual([
    0,
    expect.stringContaining(`${first} is damaged and left out`),
  ]);
  shop.put('7s');
  const ran = shop.mesh(['apply', '--yes']);
  expect([ran.code, ran.error]).toEqual([0, expect.stringContaining(`${first} is damaged`)]);
  expect(readFileSync(shop.at(`.mesh/history/${first}.damaged`), 'utf8')).toBe('no JSON');
  shop.done(shop.mesh(['rollback', '--yes']));
  expect(shop.timeout).toBe('6s');
});

test('a file of a newer mesh is refused before the first write', {
  timeout: 180_000,
}, () => {
  const shop = new Shop();
  shop.applied('5s');
  shop.put('6s');
  const folder = shop.at('.mesh');
  const files = [
    'state.json',
    ...['history', 'revisions'].map((name) => `${name}/${readdirSync(path.join(folder, name))[0] ?? ''}`),
  ];
  for (const file of files) {
    const full = path.join(folder, file);
    const text = readFileSync(full, 'utf8');
    writeFileSync(full, text.replace(/"formatVersion": "[^"]+"/, '"formatVersion": "2.3"'));
    const before = readdirSync(shop.at('.'), { recursive: true, encoding: 'utf8' });
    for (const words of [
      ['apply', '--yes'],
      ['apply', '--resume', '--yes'],
      ['rollback', '--yes'],
    ]) {
      const ran = shop.mesh(words);
      expect([ran.code, ran.error], file).toEqual([
        1,
        expect.stringContaining('a mesh that writes format 2.3 is needed'),
      ]);
    }
    expect(readdirSync(shop.at('.'), { recursive: true, encoding: 'utf8' })).toEqual(before);
    writeFileSync(full, text);
  }
  shop.done(shop.mesh(['apply', '--yes']));
});

test('a folder with other files is not an output, and nothing is written to it', {
  timeout: 180_000,
}, () => {
  const shop = new Shop('local: {platform: istio, output: {directory: .}}');
  const outputOf = (directory: string): string =>
    `local: {platform: istio, output: {directory: ${directory}}}`;
  const home = path.join(shop.root, '.state/home');
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'notes.txt'), 'mine');
  const link = path.join(shop.root, '.state/link');
  symlinkSync(home, link);
  for (const directory of ['.', '/', home, link, '.state/home']) {
    shop.put('5s', outputOf(JSON.stringify(directory)));
    const ran = shop.mesh(['apply', '--yes']);
    expect([ran.code, ran.error], directory).toEqual([7, expect.stringContaining('name another one')]);
    expect(shop.mesh(['plan']).out, directory).toContain('name another one');
  }
  expect(readdirSync(home)).toEqual(['notes.txt']);
  expect(existsSync(path.join(shop.root, '.mesh'))).toBe(false);
  expect(readFileSync(path.join(shop.root, '.gitignore'), 'utf8')).toBe('.state\n');
  // As the message says, name a separate folder, even if it exists.
  mkdirSync(path.join(shop.root, 'own'));
  writeFileSync(path.join(shop.root, 'own/.gitkeep'), '');
  shop.put('5s', outputOf('own'));
  shop.done(shop.mesh(['apply', '--yes']));
});

test('outputs can not lie inside each other, not even through links', {
  timeout: 120_000,
}, () => {
  const shop = new Shop();
  shop.applied('5s');
  symlinkSync(shop.at('.'), path.join(shop.root, 'other'));
  const both = (second: string): string =>
    `local: {platform: istio, output: {directory: live}}, two: {platform: istio, output: {directory: ${second}}}`;
  shop.put('6s', both('other'));
  const same = shop.mesh(['apply', '--yes']);
  expect([same.code, same.error]).toEqual([3, expect.stringContaining('lies inside that of target local')]);
  shop.put('6s', both('other/below'));
  const inside = shop.mesh(['apply', '--yes']);
  expect([inside.code, inside.error]).toEqual([7, expect.stringContaining('lies inside')]);
  expect(existsSync(shop.at('below'))).toBe(false);
  symlinkSync('/nonexistent/place', path.join(shop.root, 'nowhere'));
  shop.put('6s', both('nowhere'));
  const dangling = shop.mesh(['apply', '--yes']);
  expect([dangling.code, dangling.error]).toEqual([7, expect.stringContaining('leads nowhere')]);
  expect(shop.timeout).toBe('5s');
  // An output may itself be a link.
  renameSync(shop.at('.'), path.join(shop.root, 'moved'));
  symlinkSync(path.join(shop.root, 'moved'), shop.at('.').replace(/\/$/, ''));
  shop.put('6s');
  shop.done(shop.mesh(['apply', '--yes']));
});

test('clocks that jump do not change the order of runs or the previous run', { timeout: 240_000 }, () => {
  const shop = new Shop();
  const hour = 3_600_000;
  const options = `--import ${clock}`;
  const at = (offset: number, words: readonly string[], env: Readonly<Record<string, string>> = {}): Ran =>
    shop.started(words, { env: { NODE_OPTIONS: options, CLOCK_OFFSET: String(offset), ...env } });
  const step = (timeout: string, offset: number, env = {}): void => {
    shop.put(timeout);
    shop.done(at(offset, ['apply', '--yes'], env));
  };
  step('1s', 0);
  step('2s', 5 * hour);
  // Set the clock back, then make two runs in one millisecond.
  step('3s', -2 * hour);
  const frozen = String(Date.now() - hour);
  step('4s', 0, { CLOCK_AT: frozen });
  step('5s', 0, { CLOCK_AT: frozen });
  const { entries } = JSON.parse(shop.mesh(['history', '--format', 'json']).out).targets.local;
  expect(entries.map(({ epoch }: { readonly epoch: number }) => epoch)).toEqual([1, 2, 3, 4, 5]);
  shop.done(at(-3 * hour, ['rollback', '--yes']));
  expect(shop.timeout).toBe('4s');
  expect(shop.mesh(['drift', '--detailed-exitcode']).code).toBe(0);
});

test('a resume without anything to write leaves no drift', { timeout: 120_000 }, () => {
  const shop = new Shop();
  shop.applied('5s');
  shop.put('6s');
  const killed = shop.started(['apply', '--yes'], {
    env: { NODE_OPTIONS: `--import ${killBehindSwitch}`, KILL_BEHIND: '1' },
  });
  expect(killed.code).toBe(null);
  expect(shop.timeout).toBe('6s');
  shop.done(shop.mesh(['apply', '--resume', '--yes']));
  const drift = shop.mesh(['drift', '--detailed-exitcode']);
  expect([drift.code, drift.out]).toEqual([0, expect.not.stringContaining('leads to')]);
});
