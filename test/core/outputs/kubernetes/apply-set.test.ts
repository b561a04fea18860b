import { expect, test } from 'vitest';
import { applySetId, fieldManager, parentName } from '../../../../src/core/outputs/kubernetes/apply-set.ts';

test('the id of a set is the one that kubectl gives to the same parent', () => {
  // The example in Kubernetes' reference of labels, which kubectl's own tests use for this Secret.
  expect(applySetId({ name: 'my-set', namespace: 'test', kind: 'Secret', group: '' })).toBe(
    'applyset-0eFHV8ySqp7XoShsGvyWFQD3s96yqwHmzc4e0HR1dsY-v1',
  );
});

test.each(['shop.prod.mesh', 'A.B_C.d', `${'x'.repeat(300)}.prod.mesh`, '...'])(
  'the parent of %s has a name that a Secret may have',
  (inventory) => {
    expect(parentName(inventory)).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
    expect(parentName(inventory).length).toBeLessThanOrEqual(63);
  },
);

test('inventories with similar names have different parents', () => {
  expect(parentName('a.b-c.d')).not.toBe(parentName('a-b.c.d'));
});

test('a field manager has at most the 128 characters that a server accepts, and stays unique', () => {
  expect(fieldManager('shop.prod.mesh')).toBe('mesh/shop.prod.mesh');
  const [one, other] = [fieldManager(`${'x'.repeat(200)}1`), fieldManager(`${'x'.repeat(200)}2`)];
  expect(one.length).toBeLessThanOrEqual(128);
  expect(one).not.toBe(other);
});
