import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { changedRollouts } from '../../../../src/core/canary/record/changed-rollouts.ts';
import { judgedDigest } from '../../../../src/core/canary/record/judged-digest.ts';
import { recordedMesh, weightedMesh } from '../../../../src/core/canary/record/recorded-mesh.ts';
import { recordsAfterApply } from '../../../../src/core/canary/record/records-after-apply.ts';
import { recordsAfterRollback } from '../../../../src/core/canary/record/records-after-rollback.ts';
import type { AttemptState, RolloutRecord } from '../../../../src/core/canary/record/rollout-record.ts';
import { RolloutRecords } from '../../../../src/core/canary/record/rollout-records.ts';
import { sharesOf } from '../../../../src/core/canary/record/shares-of.ts';
import { DamagedFile } from '../../../../src/core/history/damaged-file.ts';
import { encodeSnapshot } from '../../../../src/core/history/snapshot.ts';
import { upgradeSnapshot } from '../../../../src/core/history/upgrade-snapshot.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { MemoryStore } from '../../../contract/outputs/memory-store.ts';
import { Meter } from '../../../contract/outputs/meter.ts';
import { document, linked, mesh } from '../../ir/linked.ts';

const open = mesh('access: allow');
const id = 'shop/reviews-v2';

function ir(...lines: readonly string[]): Ir {
  return meshWith(['service: reviews', 'from: v1', 'to: v2', 'judge: {source: scrape}', ...lines]);
}

function meshWith(
  rollout: readonly string[] | undefined,
  route = '{backends: [{}]}',
  ...more: readonly string[]
): Ir {
  return linked(
    open,
    document('Service', 'reviews', [
      'ports: {http: {port: 80}}',
      'versions: {v1: {}, v2: {}, v3: {}}',
      'endpoints: {v1: ["10.0.0.1:80"], v2: ["10.0.0.2:80"], v3: ["10.0.0.3:80"]}',
    ]),
    document('Service', 'other', ['ports: {http: {port: 80}}']),
    document('Route', 'reviews', ['service: reviews', `rules: [${route}]`]),
    ...(rollout ? [document('Rollout', 'reviews-v2', rollout)] : []),
    ...more,
  );
}

function record(mesh: Ir, parts: Partial<RolloutRecord> = {}): RolloutRecord {
  const rollout = mesh.rollouts?.[id];
  if (rollout === undefined) throw new Error('no Rollout');
  return {
    formatVersion: '1.2',
    rollout: id,
    from: 'v1',
    to: 'v2',
    judged: judgedDigest(mesh, rollout),
    attempt: 1,
    state: 'running',
    step: 0,
    weights: { 'shop/reviews': 5 },
    began: '2026-01-01T00:00:00.000Z',
    changed: '2026-01-01T00:00:00.000Z',
    wishes: [],
    ...parts,
  };
}

const now = '2026-01-02T00:00:00.000Z';
const base = ['service: reviews', 'from: v1', 'to: v2', 'judge: {source: scrape}'];

describe('what a Rollout judges', () => {
  const digestOf = (of: Ir): string => record(of).judged;

  test.each([
    ['the order of documents', () => linkedReversed()],
    [
      'another service',
      () => meshWith(base, undefined, document('Service', 'late', ['ports: {http: {port: 80}}'])),
    ],
    [
      'a Route elsewhere',
      () =>
        meshWith(
          base,
          undefined,
          document('Route', 'other', ['service: other', 'rules: [{backends: [{}], timeout: 3s}]']),
        ),
    ],
    ['a hook', () => ir('hooks: [{on: [end], url: "https://a.example"}]')],
  ])('stays the same with %s', (_what, changed) => {
    expect(digestOf(changed())).toBe(digestOf(ir()));
  });

  test.each([
    ['a step', () => ir('steps: [5%, 100%]')],
    [
      'the goal',
      () =>
        meshWith([
          'service: reviews',
          'from: v1',
          'to: v2',
          'judge: {source: scrape, success: {slo: 99.9%}}',
        ]),
    ],
    ['a rule', () => meshWith(base, '{backends: [{}], timeout: 9s}')],
    [
      'a rule of another service that leads there',
      () =>
        meshWith(
          base,
          undefined,
          document('Route', 'other', ['service: other', 'rules: [{backends: [{service: reviews}]}]']),
        ),
    ],
  ])('is another with %s', (_what, changed) => {
    expect(digestOf(changed())).not.toBe(digestOf(ir()));
  });

  function linkedReversed(): Ir {
    return linked(
      document('Rollout', 'reviews-v2', base),
      document('Route', 'reviews', ['service: reviews', 'rules: [{backends: [{}]}]']),
      document('Service', 'other', ['ports: {http: {port: 80}}']),
      document('Service', 'reviews', [
        'ports: {http: {port: 80}}',
        'versions: {v1: {}, v2: {}, v3: {}}',
        'endpoints: {v1: ["10.0.0.1:80"], v2: ["10.0.0.2:80"], v3: ["10.0.0.3:80"]}',
      ]),
      open,
    );
  }
});

describe('the shares of a record', () => {
  test.each<[AttemptState, unknown]>([
    ['running', { state: 'running', weight: 5 }],
    ['paused', { state: 'running', weight: 5 }],
    ['held', { state: 'running', weight: 5 }],
    ['rolling-back', { state: 'running', weight: 5 }],
    ['rolled-back', { state: 'before' }],
    ['promoted', { state: 'promoted' }],
  ])('%s', (state, share) => {
    expect(sharesOf(ir(), [record(ir(), { state })])).toEqual({ 'shop/reviews': share });
  });

  test('are empty for a Rollout that the mesh lacks, or has between other versions', () => {
    expect(sharesOf(meshWith(undefined), [record(ir(), { state: 'promoted' })])).toEqual({});
    const next = meshWith(['service: reviews', 'from: v2', 'to: v3', 'judge: {source: scrape}']);
    expect(sharesOf(next, [record(ir(), { state: 'promoted' })])).toEqual({});
  });
});

describe('an apply', () => {
  test('leaves the record of a Rollout that it does not change', () => {
    expect(changedRollouts(ir(), [record(ir())])).toEqual([]);
    expect(recordsAfterApply(ir(), [record(ir())], now)).toEqual({ written: [], removed: [] });
    const rolledBack = record(ir(), { state: 'rolled-back' });
    expect(recordsAfterApply(ir(), [rolledBack], now)).toEqual({ written: [], removed: [] });
  });

  test('puts a changed Rollout back at its beginning, and removes the record of a missing one', () => {
    const changed = ir('steps: [5%, 100%]');
    const active = record(ir(), { runner: { id: 'r', holder: 'a@b', epoch: 1 } });
    expect(changedRollouts(changed, [active])).toEqual([active]);
    const { written, removed } = recordsAfterApply(changed, [active], now);
    expect(removed).toEqual([]);
    expect(written).toMatchObject([
      { state: 'rolled-back', weights: {}, step: -1, changed: now, attempt: 1 },
    ]);
    expect(written[0]).not.toHaveProperty('runner');
    expect(recordsAfterApply(meshWith(undefined), [active], now)).toEqual({ written: [], removed: [id] });
  });

  test.each(['promoted', 'rolled-back'] as const)(
    'removes a record that is %s once the spec has another Rollout, or none',
    (state) => {
      const ended = record(ir(), { state });
      const next = meshWith(['service: reviews', 'from: v2', 'to: v3', 'judge: {source: scrape}']);
      for (const spec of [next, meshWith(undefined)])
        expect(recordsAfterApply(spec, [ended], now)).toEqual({ written: [], removed: [id] });
    },
  );
});

describe('a rollback to a revision', () => {
  test('ends Rollouts under way, and a promotion that the revision does not have', () => {
    const states = (mesh: Ir, state: AttemptState) =>
      recordsAfterRollback(mesh, [record(ir(), { state })], now).map((one) => one.state);
    expect(states(ir(), 'held')).toEqual(['rolled-back']);
    expect(states(ir(), 'promoted')).toEqual([]);
    expect(states(meshWith(undefined), 'promoted')).toEqual(['rolled-back']);
    expect(states(ir(), 'rolled-back')).toEqual([]);
  });
});

describe('a stored record', () => {
  const store = (): MemoryStore => new MemoryStore(new Meter(), new Map(), () => Promise.resolve());

  test('is read as it was written; all are listed by name', async () => {
    const records = new RolloutRecords(store());
    const first = record(ir(), {
      wishes: [{ action: 'promote', full: true, by: 'a@b', at: now }],
    });
    await records.write({ ...first, rollout: 'shop/z' });
    await records.write(first);
    expect((await records.all()).map(({ rollout }) => rollout)).toEqual([id, 'shop/z']);
    expect(await records.read(id)).toMatchObject(first);
    await records.remove(id);
    expect(await records.read(id)).toBeUndefined();
  });

  test('of the first version is read by every later one', async () => {
    const text = readFileSync(new URL('stored/record-1-2.json', import.meta.url), 'utf8');
    const blobs = store();
    await blobs.replace(`rollouts/shop.reviews-v2`, text);
    expect(await new RolloutRecords(blobs).all()).toMatchObject([
      {
        rollout: id,
        from: 'v1',
        to: 'v2',
        attempt: 2,
        state: 'held',
        step: 1,
        weights: { 'shop/reviews': 25 },
        runner: { holder: 'ci@builder' },
        wishes: [{ action: 'abort', by: 'ann@laptop' }],
      },
    ]);
  });

  test('that lacks a field or was changed by hand is damaged', async () => {
    const blobs = store();
    const records = new RolloutRecords(blobs);
    const { step: _, ...rest } = record(ir());
    await records.write(rest as RolloutRecord);
    await expect(records.read(id)).rejects.toThrow('step is missing');
    await records.write(record(ir()));
    const text = (await blobs.read('rollouts/shop.reviews-v2')) ?? '';
    await blobs.replace('rollouts/shop.reviews-v2', text.replace('"step": 0', '"step": 9'));
    await expect(records.all()).rejects.toThrow(DamagedFile);
  });
});

describe('a snapshot of a revision with moved weights', () => {
  test('is read with its mesh, and with the mesh before, which has the weights of the spec', () => {
    const mesh = meshWith(base, '{backends: [{version: v1, weight: 50}, {service: other, weight: 50}]}');
    const { ir: weighted, weighted: how } = weightedMesh(mesh, {
      'shop/reviews': { state: 'running', weight: 5 },
    });
    const about = { target: 't', platform: 'envoy', loss: [] };
    const revision = { ir: weighted, ...(how && { weighted: how }), artifacts: [], proxies: [], about };
    const { text } = encodeSnapshot(revision);
    const read = upgradeSnapshot('file', JSON.parse(text));
    expect(JSON.parse(JSON.stringify(read.ir))).toEqual(JSON.parse(JSON.stringify(weighted)));
    expect(JSON.parse(JSON.stringify(read.weighted?.before))).toEqual(JSON.parse(JSON.stringify(mesh)));
    const back = recordedMesh(read, [record(mesh, { state: 'rolled-back' })]);
    expect(JSON.stringify(back.ir.services)).toBe(JSON.stringify(mesh.services));
    expect(back.weighted).toBeUndefined();
  });
});
