import { describe, expect, test } from 'vitest';
import { ownedPart } from '../../../../src/core/outputs/kubernetes/owned-fields.ts';
import { ownerOfField } from '../../../../src/core/outputs/kubernetes/owner-of-field.ts';
import type { LiveObject } from '../../../../src/ports/cluster.ts';

/**
 * A Service as an API server returns it after two appliers and a controller (managedFields as in the concept page of
 * SSA).
 */
const service: LiveObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'cart',
    namespace: 'shop',
    uid: 'u1',
    labels: { app: 'cart', team: 'blue' },
    managedFields: [
      {
        manager: 'mesh/shop',
        operation: 'Apply',
        apiVersion: 'v1',
        time: '2026-01-01T00:00:00Z',
        fieldsV1: {
          'f:metadata': { 'f:labels': { 'f:app': {} } },
          'f:spec': {
            'f:ports': {
              'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {} },
            },
            'f:selector': {},
          },
        },
      },
      {
        manager: 'kubectl-edit',
        operation: 'Update',
        apiVersion: 'v1',
        time: '2026-02-01T00:00:00Z',
        fieldsV1: {
          'f:metadata': { 'f:labels': { 'f:team': {} } },
          'f:spec': {
            'f:ports': { 'k:{"port":81,"protocol":"TCP"}': { '.': {}, 'f:port': {} } },
            'f:type': {},
          },
        },
      },
      {
        manager: 'controller',
        operation: 'Update',
        apiVersion: 'v1',
        subresource: 'status',
        time: '2026-03-01T00:00:00Z',
        fieldsV1: { 'f:status': { 'f:loadBalancer': {} } },
      },
    ],
  },
  spec: {
    type: 'NodePort',
    ports: [
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 80 },
      { port: 81, protocol: 'TCP' },
    ],
    selector: { app: 'cart' },
  },
};

describe('the part of an object that a manager owns', () => {
  test('has its fields with their values, and none of others or of the server', () => {
    expect(ownedPart(service, 'mesh/shop')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'cart', namespace: 'shop', labels: { app: 'cart' } },
      spec: { ports: [{ name: 'http', port: 80 }], selector: { app: 'cart' } },
    });
  });

  test('lacks a field that someone else removed', () => {
    const { selector: _, ...spec } = service['spec'] as Readonly<Record<string, never>>;
    expect(ownedPart({ ...service, spec }, 'mesh/shop')).toMatchObject({
      spec: { ports: [{ name: 'http', port: 80 }] },
    });
  });

  test('is unknown for a manager that only updated, and for another version of the API', () => {
    expect(ownedPart(service, 'kubectl-edit')).toBeUndefined();
    expect(ownedPart({ ...service, apiVersion: 'v2' }, 'mesh/shop')).toBeUndefined();
  });

  test('is an empty map if only the map itself is owned', () => {
    const live: LiveObject = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        managedFields: [
          { manager: 'm', operation: 'Apply', apiVersion: 'v1', fieldsV1: { 'f:data': { '.': {} } } },
        ],
      },
      data: { other: 'x' },
    };
    expect(ownedPart(live, 'm')).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data: {},
    });
  });
});

describe('the owner of a field', () => {
  test('is the manager whose set has it', () => {
    expect(ownerOfField(service, [{ field: 'spec' }, { field: 'type' }])).toEqual({
      manager: 'kubectl-edit',
      time: '2026-02-01T00:00:00Z',
    });
  });

  test('is known for an entry by its keys, in any order', () => {
    const at = [
      { field: 'spec' },
      { field: 'ports' },
      { key: { protocol: 'TCP', port: 80 } },
      { field: 'name' },
    ];
    expect(ownerOfField(service, at)?.manager).toBe('mesh/shop');
  });

  test('is the owner of the whole map if the map is atomic', () => {
    const at = [{ field: 'spec' }, { field: 'selector' }, { field: 'app' }];
    expect(ownerOfField(service, at)?.manager).toBe('mesh/shop');
  });

  test('is unknown for a field that nobody owns', () => {
    expect(ownerOfField(service, [{ field: 'spec' }, { field: 'clusterIP' }])).toBeUndefined();
  });
});
