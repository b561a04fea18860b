import { expect, test } from 'vitest';
import { materialChanges } from '../../../src/core/plan/trust-material.ts';

const own = 'shop.example';

test('another bundle under the same name is a change, but for the own trust domain', () => {
  const of = (text: string): { bundles: Record<string, string> } => ({
    bundles: { 'partner.example': text, [own]: text },
  });
  expect(materialChanges(of('one'), of('one'), own)).toEqual([]);
  expect(materialChanges(of('one'), of('two'), own)).toEqual([
    'partner.example: which certificates of the federated trust domain are valid changes',
  ]);
  expect(materialChanges({}, of('two'), own)).toEqual([]);
});

test('another content of a file of authorities is a change', () => {
  const of = (digest: string): { files: Map<string, string> } => ({ files: new Map([['ca.pem', digest]]) });
  expect(materialChanges(of('1'), of('1'), own)).toEqual([]);
  expect(materialChanges(of('1'), of('2'), own)).toEqual([
    'ca.pem: which certificates are valid changes with the authorities in the file',
  ]);
});
