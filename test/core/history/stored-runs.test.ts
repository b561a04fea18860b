import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import { isOpen, readJournal } from '../../../src/core/history/journal.ts';
import { Ledger } from '../../../src/core/history/ledger.ts';
import type { Snapshot } from '../../../src/core/history/snapshot.ts';
import type { SnapshotUpgrade } from '../../../src/core/history/snapshot-upgrades.ts';
import { upgradeSnapshot } from '../../../src/core/history/upgrade-snapshot.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { DirectoryStore } from '../../../src/core/outputs/directory/directory-store.ts';
import { observe } from '../../../src/core/outputs/directory/observe.ts';
import { readSavedPlan } from '../../../src/core/plan/read-saved-plan.ts';
import type { Revision } from '../../../src/core/revision/revision.ts';
import envoy from '../../../src/core/targets/envoy/index.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Directory } from '../../../src/ports/directory.ts';
import { linkedSources } from '../../cases/linked-mesh.ts';
import { applied, switches } from '../run/delivering.ts';
import { putStoredOutput } from './stored-output.ts';

/** A clock on which waits take no time. */
class HurriedClock implements Clock {
  private waited = 0;

  now(): Date {
    return new Date(Date.UTC(2027, 0) + this.waited);
  }

  monotonic(): number {
    return this.waited;
  }

  sleep(milliseconds: number): Promise<void> {
    this.waited += milliseconds;
    return new Promise((done) => setImmediate(done));
  }
}

const output = { inventory: 'shop.default.local', seenAs: '/etc/mesh' };
const outputs = ['mesh-0.1.0', 'mesh-0.1.0-stopped'] as const;

async function stored(name: (typeof outputs)[number]): Promise<Directory> {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-stored-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  putStoredOutput(path.join(root, 'out'), name);
  return outputDirectory(root, 'out');
}

/** Returns every snapshot of an output, in the present shape. */
async function snapshotsOf(directory: Directory): Promise<readonly Snapshot[]> {
  const ledger = new Ledger(new DirectoryStore(directory));
  const found = await Promise.all((await ledger.snapshots()).map((digest) => ledger.readSnapshot(digest)));
  return found.map((snapshot) => snapshot!);
}

/** Returns the function by which the target compiles now. */
function lowering(trust: Snapshot['trust']): (ir: Ir) => Revision['artifacts'] {
  const context = { version: envoy.versions.at(-1)!, options: {}, ...(trust && { trust: trust.bundles }) };
  return (ir) => envoy.lower(ir, context);
}

/** Returns the revision that the sources of a snapshot compile to now, with other access. */
function withOtherAccess({ sources, about, trust }: Snapshot): Revision {
  const ir = linkedSources({
    sources: sources!.map(({ file, text }) => ({
      file,
      bytes: new TextEncoder().encode(text.replace(/from: \[.*?\]/, 'from: [{namespace: shop}]')),
    })),
    unreadable: [],
  });
  return { ir, artifacts: lowering(trust)(ir), proxies: envoy.proxies!(ir), about, ...(trust && { trust }) };
}

test.each(outputs)('access changes in one step from the revision that %s stored', async (name) => {
  const directory = await stored(name);
  const withSources = (await snapshotsOf(directory)).find(({ sources }) => sources)!;
  const next = withOtherAccess(withSources);
  const lower = lowering(withSources.trust);
  const { outcome, events } = await applied(directory, {
    next,
    lower,
    output,
    around: { clock: new HurriedClock() },
  });
  expect(outcome).toEqual({ result: 'succeeded' });
  // Rules of Access alone change: each proxy decides by the old ones or by the new ones.
  expect(switches(events)).toEqual(['switch']);
  const { altered, foreign, current } = await observe(directory, output.inventory, output.seenAs);
  expect({ altered, foreign }).toEqual({ altered: [], foreign: [] });
  expect(current?.snapshot.artifacts).toEqual(next.artifacts);
});

test.each(outputs)(
  'every mesh that %s stored can be compiled now, including those between two specs',
  async (name) => {
    const snapshots = await snapshotsOf(await stored(name));
    expect(snapshots.length).toBeGreaterThan(2);
    for (const { ir, artifacts, trust } of snapshots) {
      const names = (all: Revision['artifacts']): readonly string[] =>
        [...new Set(all.map(({ kind, name: own }) => `${kind}/${own}`))].sort();
      expect(names(artifacts)).toEqual(expect.arrayContaining([...names(lowering(trust)(ir))]));
    }
  },
);

test('a run that mesh 0.1.0 left half way is resumed by its journal and its snapshots', async () => {
  const directory = await stored('mesh-0.1.0-stopped');
  const journal = (await readJournal(new DirectoryStore(directory)))!;
  expect(isOpen(journal)).toBe(true);
  const last = await new Ledger(new DirectoryStore(directory)).readSnapshot(
    journal.begin.stages.at(-1)!.snapshot,
  );
  const { outcome, events } = await applied(directory, {
    next: last!,
    output,
    resumes: true,
    around: { clock: new HurriedClock() },
  });
  expect(outcome).toEqual({ result: 'succeeded' });
  expect(switches(events)).toEqual(['make', 'switch', 'break']);
  expect(await directory.linkTarget('config/current')).toBe('../revisions/000003-break-ea3495d369a0');
});

test('a plan that mesh 0.1.0 saved can be read', () => {
  const file = new URL('stored/mesh-0.1.0-plan.json', import.meta.url);
  const { checks, counts } = readSavedPlan('plan.json', readFileSync(file, 'utf8'));
  expect(counts).toMatchObject({ update: 2 });
  expect(checks.targets['local']).toMatchObject({ inventory: output.inventory });
});

test('a snapshot passes the upgrades from its format on, and a newer one names the version that it needs', () => {
  const adds =
    (field: string): SnapshotUpgrade =>
    (stored) => ({ ...stored, [field]: true });
  const upgrades = [adds('first'), adds('second')];
  expect(upgradeSnapshot('x', { formatVersion: '1.0' }, upgrades)).toEqual({
    formatVersion: '1.2',
    first: true,
    second: true,
  });
  expect(upgradeSnapshot('x', { formatVersion: '1.1' }, upgrades)).toEqual({
    formatVersion: '1.2',
    second: true,
  });
  for (const formatVersion of ['1.3', '2.0', '0.9', 'one'])
    expect(() => upgradeSnapshot('x', { formatVersion }, upgrades)).toThrow(
      `x has format ${formatVersion}: a mesh that writes format ${formatVersion} is needed`,
    );
});
