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
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import { Ledger } from '../../../src/core/history/ledger.ts';
import type { Material } from '../../../src/core/identity/certificate-issuer.ts';
import { DirectoryStore } from '../../../src/core/outputs/directory/directory-store.ts';
import { observe } from '../../../src/core/outputs/directory/observe.ts';
import { planTarget } from '../../../src/core/plan/plan-target.ts';
import type { Directory } from '../../../src/ports/directory.ts';
import type { ProxyAdmin } from '../../../src/ports/proxy-admin.ts';
import { applied, switches } from './delivering.ts';
import { handMade } from './hand-made.ts';

let root: string;
let directory: Directory;
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'meshwright-deliver-'));
  directory = await outputDirectory(root, 'out');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const inventory = 'shop.default.edge';
const base = { admin: 1, outbound: 2, clusters: { v1: 3 }, weights: { v1: 1 } };
const first = handMade(base);
const second = handMade({ ...base, clusters: { v2: 4 }, weights: { v2: 1 } });
const at = (file: string): string => path.join(root, 'out', file);
const current = (): string => readlinkSync(at('config/current'));

/** No proxy was ever seen, so the run doesn't wait for any. */
const around = {
  clock: {
    now: (): Date => new Date(),
    monotonic: (): number => 0,
    sleep: () => new Promise<void>((done) => setTimeout(done, 1)),
  },
};
const hurried = { ...around, clock: { ...around.clock, monotonic: fast() } };

/** Returns a clock that advances by a second at each read. */
function fast(): () => number {
  let time = 0;
  return () => (time += 1000);
}

test('written files name the directory and their version, and index.json says how to start proxies', async () => {
  await applied(directory, { next: first, around: hurried });
  const lds = JSON.parse(readFileSync(at('config/current/proxies/client/lds.json'), 'utf8'));
  expect(lds.version_info).toMatch(/^[0-9a-f]{16}$/);
  expect(JSON.stringify(lds)).toContain(`${at('config/current/proxies/client/rds.json')}"`);
  expect(JSON.stringify(lds)).not.toContain('${');
  const index = JSON.parse(readFileSync(at('config/current/index.json'), 'utf8'));
  expect(index.proxies).toEqual([
    expect.objectContaining({ id: 'client', workingDirectory: 'proxies/client' }),
  ]);
  expect(readFileSync(at('.gitignore'), 'utf8')).toBe('*\n');
});

test('an unchanged file keeps its version', async () => {
  await applied(directory, { next: first, around: hurried });
  const lds = readFileSync(at('config/current/proxies/client/lds.json'), 'utf8');
  const { outcome } = await applied(directory, { next: second, around: hurried });
  expect(outcome).toEqual({ result: 'succeeded' });
  expect(readFileSync(at('config/current/proxies/client/lds.json'), 'utf8')).toBe(lds);
});

test('a second apply finds nothing to write, asks the proxies, and is counted in the entry of the first', async () => {
  await applied(directory, { next: first, around: hurried });
  const before = current();
  for (let i = 0; i < 2; i++) {
    const { outcome, events } = await applied(directory, { next: first, around: hurried });
    expect(outcome).toEqual({ result: 'unchanged' });
    expect(events.map(({ type }) => type)).toEqual(['proxy']);
  }
  expect(current()).toBe(before);
  const entries = await new Ledger(new DirectoryStore(directory)).entries();
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ outcome: 'succeeded', unchanged: { times: 2 }, counts: { create: 5 } });
});

test('only whole revisions are ever read, and old ones are removed', async () => {
  await applied(directory, { next: first, around: hurried });
  const { events } = await applied(directory, { next: second, around: hurried });
  expect(switches(events)).toEqual(['make', 'switch', 'break']);
  await applied(directory, { next: first, around: hurried });
  expect(readdirSync(at('revisions'))).toHaveLength(2);
  expect(readdirSync(at('revisions'))).toContain(path.basename(current()));
  const entries = await new Ledger(new DirectoryStore(directory)).entries();
  expect(entries.map(({ outcome, parent }) => [outcome, parent])).toEqual([
    ['succeeded', undefined],
    ['succeeded', entries[0]?.id],
    ['succeeded', entries[1]?.id],
  ]);
});

test('a file that somebody changed is detected and written again', async () => {
  await applied(directory, { next: first, around: hurried });
  writeFileSync(at('config/current/proxies/client/rds.json'), '{}');
  const observed = await observe(directory, inventory, directory.path);
  expect(planTarget(observed, first, new Date()).files).toEqual([
    { op: 'replace', path: 'config/current/proxies/client/rds.json' },
  ]);
  const { outcome } = await applied(directory, { next: first, around: hurried });
  expect(outcome).toEqual({ result: 'succeeded' });
  expect(readFileSync(at('config/current/proxies/client/rds.json'), 'utf8')).toContain('virtual_hosts');
});

test('if proxies see the directory at another path, every file is rewritten and every proxy restarted', async () => {
  await applied(directory, { next: first, around: hurried });
  const observed = await observe(directory, inventory, '/etc/mesh');
  const { files, restarts } = planTarget(observed, first, new Date());
  expect(files).toHaveLength(5);
  expect(restarts).toEqual([{ proxy: 'client', why: 'bootstrap changed' }]);
});

test.each([
  ['a folder with the name of the link', () => mkdirSync(at('config'), { recursive: true }), 'config'],
  [
    'a ledger that is a file',
    () => {
      mkdirSync(at('.'));
      writeFileSync(at('.mesh'), '');
    },
    '.mesh',
  ],
])('%s that already exists is an obstacle', async (_, prepare, where) => {
  prepare();
  const observed = await observe(directory, inventory, directory.path);
  expect(planTarget(observed, first, new Date()).files).toContainEqual(
    expect.objectContaining({ op: 'conflict', path: where }),
  );
});

test('a directory belongs to one inventory, and its link is not replaced by hand', async () => {
  await applied(directory, { next: first, around: hurried });
  const other = await observe(directory, 'shop.prod.edge', directory.path);
  expect(other.foreign).toEqual([
    { path: '.mesh', why: 'the directory belongs to shop.default.edge, not to shop.prod.edge' },
  ]);
  await directory.pointLink('config/current', '../elsewhere');
  expect((await observe(directory, inventory, directory.path)).foreign).toEqual([
    {
      path: 'config/current',
      why: 'it is not the link that mesh made; --adopt config/current writes the whole revision anew over what proxies read',
    },
  ]);
});

test('a run that is killed right after a switch leaves records that the next run understands', async () => {
  await applied(directory, { next: first, around: hurried });
  const ledger = new Ledger(new DirectoryStore(directory));
  const state = await ledger.readState();
  await applied(directory, { next: second, around: hurried });
  // Undo the last writes of that run.
  if (state) await ledger.writeState({ ...state, epoch: state.epoch + 1 });
  const observed = await observe(directory, inventory, directory.path);
  expect(observed.current?.snapshot.artifacts).toEqual(second.artifacts);
  const { outcome } = await applied(directory, { next: first, around: hurried });
  expect(outcome).toEqual({ result: 'succeeded' });
});

test('a signal ends the run after the present write', async () => {
  await applied(directory, { next: first, around: hurried });
  const controller = new AbortController();
  controller.abort(143);
  const before = current();
  const { outcome } = await applied(directory, {
    next: second,
    around: { ...hurried, signal: controller.signal },
  });
  expect(outcome).toMatchObject({ result: 'interrupted', cause: { code: 143 } });
  expect(current()).toBe(before);
});

test('certificates are where proxies find them, readable only for their owner, and are removed with their proxy', async () => {
  const subject = 'spiffe://shop.example/ns/shop/sa/client';
  const material: Material = {
    proxy: 'client',
    text: 'key of client',
    fingerprint: 'ab',
    notAfter: new Date(Date.now() + 1e9),
  };
  const guarded = handMade({ ...base, certificate: subject });
  const { events } = await applied(directory, { next: guarded, materials: [material], around: hurried });
  expect(events).toContainEqual({
    type: 'certificate',
    target: 'edge',
    subject,
    action: 'issue',
    fingerprint: 'ab',
  });
  expect(readFileSync(at('proxies/client/sds.json'), 'utf8')).toBe('key of client');
  expect(readFileSync(at('.mesh/state.json'), 'utf8')).not.toContain('key of client');
  const observed = await observe(directory, inventory, directory.path);
  expect(planTarget(observed, guarded, new Date()).certificates).toEqual([
    { subject, proxy: 'client', action: 'keep', fingerprint: 'ab' },
  ]);
  await applied(directory, { next: first, around: hurried });
  expect(readdirSync(at('secrets/current/'))).toEqual([]);
  expect(readdirSync(at('secrets/.revisions'))).toHaveLength(1);
});

test('a proxy that accepts connections but answers at no step has confirmed nothing', async () => {
  await applied(directory, { next: first, around: hurried });
  const admin: ProxyAdmin = { get: () => Promise.resolve({ state: 'silent' }) };
  const { outcome, events } = await applied(directory, {
    next: second,
    around: { ...hurried, admin, timeout: 1e9 },
  });
  expect(switches(events).length).toBeGreaterThan(1);
  expect(outcome).toMatchObject({
    result: 'unconfirmed',
    cause: { code: 9, message: expect.stringContaining('client') },
  });
});

test.each(['absent', 'silent'] as const)(
  'a link that somebody repoints after the last switch is not in force, with proxies that are %s',
  async (state) => {
    await applied(directory, { next: first, around: hurried });
    const theirs = '../revisions/theirs';
    let isPointed = false;
    const admin: ProxyAdmin = {
      get: async () => {
        // A proxy gets two queries at once, but somebody else writes only once.
        if (!isPointed && current().includes('-break-')) {
          isPointed = true;
          await directory.pointLink('config/current', theirs);
        }
        return { state: isPointed ? state : 'absent' };
      },
    };
    // Each read of this clock takes a second, however slow the disk is.
    const { outcome } = await applied(directory, {
      next: second,
      around: { ...hurried, admin, timeout: 1e9 },
    });
    expect(outcome).toEqual({
      result: 'incomplete',
      cause: { code: 6, message: expect.stringContaining(`points to "${theirs}"`) },
    });
    expect(current()).toBe(theirs);
  },
);
