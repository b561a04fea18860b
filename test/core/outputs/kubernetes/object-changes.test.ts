import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/core/lib/json.ts';
import { changedFields } from '../../../../src/core/outputs/kubernetes/object-changes.ts';
import { schemaOfKind } from '../../../../src/core/outputs/schema.ts';
import { withDefaults } from '../../../../src/core/outputs/with-defaults.ts';

/** Parts of the schemas that an API server returns for `v1`, with references in its form. */
const named: Readonly<Record<string, Json>> = {
  'io.k8s.api.core.v1.Service': {
    type: 'object',
    properties: {
      spec: { allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.ServiceSpec' }], default: {} },
    },
    'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Service' }],
  },
  'io.k8s.api.core.v1.ServiceSpec': {
    type: 'object',
    properties: {
      ports: {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['port', 'protocol'],
        items: { allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.ServicePort' }], default: {} },
      },
      externalIPs: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
      rules: { type: 'array', items: { type: 'object' } },
    },
  },
  'io.k8s.api.core.v1.ServicePort': {
    type: 'object',
    properties: { protocol: { type: 'string', default: 'TCP' }, port: { type: 'integer' } },
  },
};
const schema = schemaOfKind(named, 'v1', 'Service');

describe('changes of an object', () => {
  test('identify entries of a keyed list by the keys of the schema, at any position', () => {
    const before = {
      spec: {
        ports: [
          { port: 80, protocol: 'TCP', name: 'a' },
          { port: 81, protocol: 'TCP', name: 'b' },
        ],
      },
    };
    const after = {
      spec: {
        ports: [
          { port: 81, protocol: 'TCP', name: 'c' },
          { port: 80, protocol: 'UDP', name: 'a' },
        ],
      },
    };
    expect(
      changedFields(before, after, schema).map(({ path, before: was, after: will }) => [path, was, will]),
    ).toEqual([
      ['spec.ports[80/TCP]', { port: 80, protocol: 'TCP', name: 'a' }, undefined],
      ['spec.ports[81/TCP].name', 'b', 'c'],
      ['spec.ports[80/UDP]', undefined, { port: 80, protocol: 'UDP', name: 'a' }],
    ]);
  });

  test('list the added and removed values of a set', () => {
    const [before, after] = [{ spec: { externalIPs: ['1', '2'] } }, { spec: { externalIPs: ['2', '3'] } }];
    expect(
      changedFields(before, after, schema).map(({ path, before: was, after: will }) => [path, was, will]),
    ).toEqual([
      ['spec.externalIPs[1]', '1', undefined],
      ['spec.externalIPs[3]', undefined, '3'],
    ]);
  });

  test('name an entry of an atomic list for people, and the list for the API server', () => {
    const [before, after] = [
      { spec: { rules: [{ name: 'a', weight: 1 }] } },
      { spec: { rules: [{ name: 'a', weight: 2 }] } },
    ];
    expect(changedFields(before, after, schema)).toEqual([
      { path: 'spec.rules[a].weight', before: 1, after: 2, at: [{ field: 'spec' }, { field: 'rules' }] },
    ]);
  });

  test('do not exist between equal objects, and are found without a schema', () => {
    expect(changedFields({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, undefined)).toEqual([]);
    expect(changedFields({ a: { b: 1 } }, { a: {} }, undefined)).toEqual([
      { path: 'a.b', before: 1, at: [{ field: 'a' }, { field: 'b' }] },
    ]);
  });
});

describe('defaults of a schema', () => {
  test('are added if their object exists and the field does not', () => {
    expect(withDefaults({ spec: { ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] } }, schema)).toEqual({
      spec: {
        ports: [
          { port: 80, protocol: 'TCP' },
          { port: 53, protocol: 'UDP' },
        ],
      },
    });
  });

  test('are only those of the kind: another kind has none', () => {
    expect(schemaOfKind(named, 'v1', 'Pod')).toBeUndefined();
    expect(withDefaults({ spec: { ports: [{}] } }, undefined)).toEqual({ spec: { ports: [{}] } });
  });
});
