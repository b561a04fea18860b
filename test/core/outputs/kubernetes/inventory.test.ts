import { describe, expect, test } from 'vitest';
import { memberLabel, parentAnnotations } from '../../../../src/core/outputs/kubernetes/apply-set.ts';
import {
  finalInventory,
  isMember,
  type Member,
  parentAnnotationsOf,
  unionOf,
} from '../../../../src/core/outputs/kubernetes/inventory.ts';
import type { LiveObject } from '../../../../src/ports/cluster.ts';

const kept: Member = { ref: 'k', apiVersion: 'x.io/v1', kind: 'A', namespace: 'shop', name: 'k', uid: 'u1' };
const gone: Member = {
  ref: 'g',
  apiVersion: 'v1',
  kind: 'Service',
  namespace: 'other',
  name: 'g',
  uid: 'u2',
};
const coming: Member = { ref: 'c', apiVersion: 'x.io/v1', kind: 'B', namespace: 'shop', name: 'c' };

test('before the first write the inventory lists our objects before and after the run, with the known uids', () => {
  const { uid: _, ...again } = kept;
  const union = unionOf(new Map([kept, gone].map((one) => [one.ref, one])), [again, coming]);
  expect([...union.values()].toSorted((a, b) => (a.ref < b.ref ? -1 : 1))).toEqual([coming, gone, kept]);
});

test('after the last write it lists the existing objects, with the uids of the cluster; adopted objects stay adopted', () => {
  const live = new Map([
    ['k', { metadata: { name: 'k', uid: 'new' } } as LiveObject],
    ['c', { metadata: { name: 'c', uid: 'u3' } } as LiveObject],
  ]);
  const final = finalInventory([kept, { ...coming, adopted: true }], live, new Set(['k']));
  expect([...final.values()]).toEqual([
    { ...kept, uid: 'new', adopted: true },
    { ...coming, uid: 'u3', adopted: true },
  ]);
});

test('the parent lists the kinds and namespaces of members, as kubectl reads it (KEP-3659)', () => {
  expect(parentAnnotationsOf([coming, gone, kept], 'mesh/1.2.3', 'other')).toEqual({
    [parentAnnotations.tooling]: 'mesh/1.2.3',
    [parentAnnotations.groupKinds]: 'A.x.io,B.x.io,Service',
    [parentAnnotations.namespaces]: 'shop',
  });
});

describe('an object with the label of a set', () => {
  const ours = { set: 's', manager: 'mesh/a' };
  const live = (uid: string, manager: string, operation: string): LiveObject => ({
    apiVersion: 'x.io/v1',
    kind: 'B',
    metadata: {
      ...{ name: 'c', uid, labels: { [memberLabel]: 's' } },
      managedFields: [{ manager, operation }],
    },
  });

  test('is the member with its uid, whoever wrote it last', () => {
    expect(isMember(live('u1', 'kubectl', 'Update'), kept, ours)).toBe(true);
    expect(isMember(live('u9', 'mesh/a', 'Apply'), kept, ours)).toBe(false);
  });

  test('is the member that a run was about to make, if our manager has applied it', () => {
    expect(isMember(live('u3', 'mesh/a', 'Apply'), coming, ours)).toBe(true);
    expect(isMember(live('u3', 'mesh/b', 'Apply'), coming, ours)).toBe(false);
    expect(isMember(live('u3', 'mesh/a', 'Update'), coming, ours)).toBe(false);
  });
});
