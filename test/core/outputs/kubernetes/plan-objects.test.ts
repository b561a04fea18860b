import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/core/lib/json.ts';
import { memberLabel } from '../../../../src/core/outputs/kubernetes/apply-set.ts';
import { asMember } from '../../../../src/core/outputs/kubernetes/compare-object.ts';
import type { Member } from '../../../../src/core/outputs/kubernetes/inventory.ts';
import {
  type DryRunAnswer,
  type ObjectsToPlan,
  objectsToAsk,
  planObjects,
} from '../../../../src/core/outputs/kubernetes/plan-objects.ts';
import type { LiveMetadata, LiveObject } from '../../../../src/ports/cluster.ts';

const set = 'applyset-x-v1';
const manager = 'mesh/shop';
const ref = 'core/ConfigMap/shop/a';

describe('a wanted object', () => {
  test('is created if it is absent, as an estimate until the server has confirmed it', () => {
    const to = situation({ live: undefined });
    expect(objectsToAsk(to).map((one) => one.ref)).toEqual([ref]);
    expect(planObjects(to).changes).toEqual([
      { op: 'create', ref, estimate: 'the API server was not asked' },
    ]);
    const answered = {
      ...to,
      answers: answer({ state: 'applied', object: ours(), created: true, warnings: [] }),
    };
    expect(planObjects(answered).changes).toEqual([{ op: 'create', ref }]);
  });

  test.each(['no such kind', 'no such namespace'] as const)(
    'is an estimate while the server lacks %s, which the same apply may add',
    (refusal) => {
      const to = situation({ live: undefined, answer: { state: 'refused', refusal, why: 'words' } });
      expect(planObjects(to).changes).toEqual([{ op: 'create', ref, estimate: 'words' }]);
    },
  );

  test('has a problem if the server would refuse it', () => {
    const to = situation({ live: undefined, answer: { state: 'refused', refusal: 'invalid', why: 'words' } });
    expect(planObjects(to).changes).toEqual([{ op: 'create', ref, problem: 'words' }]);
  });

  test('needs neither a query nor a change if all that we own is as wanted', () => {
    const to = situation({ live: withForeignField(ours()) });
    expect(objectsToAsk(to)).toEqual([]);
    expect(planObjects(to)).toEqual({ changes: [], left: [] });
  });

  test('is updated if the spec changed, replaced if somebody changed the object', () => {
    const edited = { ...ours(), data: { a: '2' } };
    const reply: DryRunAnswer = { state: 'applied', object: ours(), created: false, warnings: [] };
    const fields = [{ path: 'data.a', before: '2', after: '1', at: [{ field: 'data' }, { field: 'a' }] }];
    expect(planObjects(situation({ live: edited, answer: reply })).changes).toEqual([
      { op: 'update', ref, fields },
    ]);
    const written = new Map([[ref, asMember(manifest, set)]]);
    expect(planObjects({ ...situation({ live: edited, answer: reply }), written }).changes).toEqual([
      { op: 'replace', ref, fields },
    ]);
  });

  test('has no change if the server returns the present content', () => {
    const other = { ...ours(), metadata: { ...ours().metadata, managedFields: [] } };
    const to = situation({
      live: other,
      answer: { state: 'applied', object: ours(), created: false, warnings: [] },
    });
    expect(objectsToAsk(to)).toHaveLength(1);
    expect(planObjects(to).changes).toEqual([]);
  });

  test('is in conflict with the managers that the server names', () => {
    const conflicts = [{ manager: 'kubectl-edit', field: '.data.a' }];
    const live = { ...ours(), data: { a: '2' } };
    expect(planObjects(situation({ live, answer: { state: 'conflict', conflicts } })).changes).toMatchObject([
      { op: 'conflict', ref, conflicts },
    ]);
  });

  test('is in conflict if others made it, unless it is adopted; the changed values are named', () => {
    const live: LiveObject = { ...ours({ labels: {}, managedFields: [] }), data: { a: '9' } };
    const to = situation({ live, members: [] });
    expect(objectsToAsk(to)).toEqual([]);
    const [change] = planObjects(to).changes;
    expect(change).toMatchObject({
      op: 'conflict',
      ref,
      problem: expect.stringContaining('did not make it') as string,
    });
    expect(change?.fields).toContainEqual(
      expect.objectContaining({ path: 'data.a', before: '9', after: '1' }),
    );
    const adopting = { ...to, adopt: new Set([ref]) };
    expect(objectsToAsk(adopting)).toHaveLength(1);
    expect(planObjects(adopting).changes).toMatchObject([{ op: 'adopt', ref }]);
  });

  test('is foreign if it has our label but another uid than in the inventory', () => {
    const to = situation({ live: ours({ uid: 'another' }) });
    expect(planObjects(to).changes).toMatchObject([{ op: 'conflict', ref }]);
  });

  test('waits for an object that is being deleted', () => {
    const live = ours({ deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['x/y'] });
    expect(planObjects(situation({ live })).changes).toEqual([
      { op: 'conflict', ref, problem: 'it is being deleted and waits for x/y' },
    ]);
  });
});

describe('an object that is no longer wanted', () => {
  test('is deleted if the inventory lists it and it has our label', () => {
    expect(planObjects(situation({ wanted: [], live: ours() }))).toEqual({
      changes: [{ op: 'delete', ref }],
      left: [],
    });
  });

  test.each<[string, Partial<LiveMetadata>]>([
    ['has lost our label', { labels: {} }],
    ['has the label of another inventory', { labels: { [memberLabel]: 'applyset-other-v1' } }],
    ['is another object of that name', { uid: 'another' }],
  ])('stays if it %s', (_, metadata) => {
    const { changes, left } = planObjects(situation({ wanted: [], live: ours(metadata) }));
    expect(changes).toEqual([]);
    expect(left.map((one) => one.ref)).toEqual([ref]);
  });

  test('stays if only its label says that it is ours', () => {
    expect(planObjects(situation({ wanted: [], members: [], live: ours() }))).toEqual({
      changes: [],
      left: [],
    });
  });

  test('is released if it was adopted', () => {
    const members = [{ ...member, adopted: true as const }];
    expect(planObjects(situation({ wanted: [], members, live: ours() })).changes).toEqual([
      { op: 'release', ref },
    ]);
  });

  test.each(['Namespace', 'CustomResourceDefinition'])(
    'stays if it is a %s with objects of others',
    (kind) => {
      const members = [{ ...member, kind }];
      const { changes, left } = planObjects(situation({ wanted: [], members, live: { ...ours(), kind } }));
      expect(changes).toEqual([]);
      expect(left).toHaveLength(1);
    },
  );

  test('has no change if it has already been deleted', () => {
    expect(planObjects(situation({ wanted: [], live: undefined }))).toEqual({ changes: [], left: [] });
  });
});

const manifest: Json = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'shop' },
  data: { a: '1' },
};

const member: Member = { ref, apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'a', uid: 'u1' };

/** Returns the object as we applied it. */
function ours(metadata: Partial<LiveMetadata> = {}): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'a',
      namespace: 'shop',
      uid: 'u1',
      resourceVersion: '7',
      labels: { [memberLabel]: set },
      managedFields: [
        {
          manager,
          operation: 'Apply',
          apiVersion: 'v1',
          fieldsV1: { 'f:metadata': { 'f:labels': { [`f:${memberLabel}`]: {} } }, 'f:data': { 'f:a': {} } },
        },
      ],
      ...metadata,
    },
    data: { a: '1' },
  };
}

function withForeignField(live: LiveObject): LiveObject {
  return { ...live, data: { a: '1', b: 'of others' } };
}

function answer(one: DryRunAnswer): ReadonlyMap<string, DryRunAnswer> {
  return new Map([[ref, one]]);
}

function situation(parts: {
  readonly live: LiveObject | undefined;
  readonly wanted?: readonly [];
  readonly members?: readonly Member[];
  readonly answer?: DryRunAnswer;
}): ObjectsToPlan {
  const { live, wanted, members = [member], answer: one } = parts;
  return {
    wanted: wanted ?? [{ ref, manifest: asMember(manifest, set) }],
    live: new Map(live === undefined ? [] : [[ref, live]]),
    ownership: { manager, set, members: new Map(members.map((known) => [known.ref, known])) },
    written: new Map(),
    answers: one === undefined ? new Map() : answer(one),
    adopt: new Set(),
    schemaOf: () => undefined,
  };
}
