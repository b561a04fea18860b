import { expect, test } from 'vitest';
import type { Json, ObjectArtifact } from '../../src/core/targets/artifact.ts';
import { object } from '../../src/core/targets/kubernetes-objects/object.ts';
import { objectFaults } from './object-faults.ts';

const owns = [{ apiVersion: 'split.smi-spec.io/v1alpha2', kind: 'TrafficSplit' }];
const documents = new Set(['Service/shop/a']);
const origins = [{ file: 'a.yaml', line: 1, column: 1 }];
const sound = object({
  apiVersion: 'split.smi-spec.io/v1alpha2',
  kind: 'TrafficSplit',
  namespace: 'shop',
  name: 'a.v1',
  from: 'Service/shop/a',
  origins,
  spec: {},
});

/** Returns the valid object with another manifest. */
function manifest(change: (metadata: Readonly<Record<string, Json>>) => Json, head: object = {}) {
  const own = sound.manifest as { readonly metadata: Readonly<Record<string, Json>> };
  return { ...sound, manifest: { ...own, ...head, metadata: change(own.metadata) } };
}

function named(name: string, namespace = 'shop'): ObjectArtifact {
  return { ...manifest((metadata) => ({ ...metadata, name, namespace })), name, namespace };
}

const labels = (own: Json) => manifest((metadata) => ({ ...metadata, labels: own }));
const annotations = (own: Json) => manifest((metadata) => ({ ...metadata, annotations: own }));
const managed = { 'app.kubernetes.io/managed-by': 'mesh' };
const from = { 'meshwright.dev/origin': 'Service/shop/a' };

test('a valid object has no fault', () => {
  expect(objectFaults([sound, named('b')], documents, owns)).toEqual([]);
});

const faulty: readonly (readonly [what: string, fault: string, ...artifacts: ObjectArtifact[]])[] = [
  ['a name twice', 'another object has its name', sound, sound],
  [
    'a name twice in two versions of a kind',
    'another object has its name',
    sound,
    manifest((metadata) => metadata, { apiVersion: 'split.smi-spec.io/v1alpha4' }),
  ],
  ['another name in the manifest', 'its manifest has', { ...sound, name: 'b' }],
  ['another namespace in the manifest', 'its manifest has', { ...sound, namespace: 'other' }],
  [
    'a version that the target does not own',
    'does not own',
    manifest((metadata) => metadata, { apiVersion: 'x/v1' }),
  ],
  ['a name in capitals', 'its name is no DNS name', named('A')],
  ['a name that ends in a dot', 'its name is no DNS name', named('a.')],
  ['a long name', 'longer than 63', named('a'.repeat(64))],
  ['no namespace', 'its namespace is no DNS label', named('a', '')],
  ['a namespace with a dot', 'its namespace is no DNS label', named('a', 'a.b')],
  ['no manager', 'no label says who manages it', labels({})],
  [
    'another manager',
    'no label says who manages it',
    labels({ ...managed, ...{ 'app.kubernetes.io/managed-by': 'x' } }),
  ],
  ['a long label', 'is no value of a label', labels({ ...managed, a: 'a'.repeat(64) })],
  ['a label with a slash', 'is no value of a label', labels({ ...managed, a: 'shop/a' })],
  ['a label without a key', 'is no key of a label', labels({ ...managed, 'a/b/c': 'a' })],
  ['large annotations', 'annotations are too large', annotations({ ...from, a: 'a'.repeat(262_144) })],
  ['no origin', 'its origin is no document', annotations({})],
  [
    'an unknown origin',
    'its origin is no document',
    annotations({ 'meshwright.dev/origin': 'Service/shop/c' }),
  ],
];

test.each(faulty.map(([what, fault, ...artifacts]) => ({ what, fault, artifacts })))(
  '$what is a fault',
  ({ fault, artifacts }) => {
    expect(objectFaults(artifacts, documents, owns).join('\n')).toContain(fault);
  },
);
