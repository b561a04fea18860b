import { describe, expect, test } from 'vitest';
import { SeeingCallers } from '../../../src/core/analyze/seeing-callers.ts';
import { linkedSources } from '../../cases/linked-mesh.ts';

const mesh =
  'apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec: {trustDomain: shop.example, egress: deny}\n';

/** Returns a document with the id `namespace/name`; its spec begins with `fields`. */
function document(kind: 'Service' | 'External', id: string, fields: string): string {
  const [namespace, name] = id.split('/');
  return `---\napiVersion: mesh/v1\nkind: ${kind}\nmetadata: {name: ${name ?? ''}, namespace: ${namespace ?? ''}}\nspec: {${fields}}\n`;
}

/** Returns the ids of the callers that may call a service or External. */
function callersOf(id: string, ...documents: readonly string[]): readonly string[] {
  const bytes = new TextEncoder().encode(mesh + documents.join(''));
  const ir = linkedSources({ sources: [{ file: 'mesh.yaml', bytes }], unreadable: [] });
  const owner = ir.services[id] ?? ir.externals[id];
  if (owner === undefined) throw new Error(`there is no ${id}`);
  return new SeeingCallers(ir)
    .of(owner)
    .map((identity) => identity.replace('spiffe://shop.example/ns/', '').replace('/sa/', '/'));
}

const port = 'ports: {http: {port: 80}}';

describe('callers that may call a service', () => {
  test('declare the call or no call at all; the service itself comes last', () => {
    const callers = callersOf(
      'a/called',
      document('Service', 'a/called', port),
      document('Service', 'a/free', port),
      document('Service', 'b/declares', `${port}, calls: [a/called]`),
      document('Service', 'b/declares-another', `${port}, calls: [a/free]`),
      document('Service', 'b/declares-nothing', `${port}, calls: []`),
    );
    expect(callers).toEqual(['a/free', 'b/declares', 'a/called']);
  });

  test('are in a namespace that it is exposed to', () => {
    const callers = callersOf(
      'a/called',
      document('Service', 'a/called', `${port}, exposeTo: [b]`),
      document('Service', 'b/free', port),
      document('Service', 'c/free', port),
      document('Service', 'b/declares', `${port}, calls: [a/called]`),
    );
    expect(callers).toEqual(['b/declares', 'b/free', 'a/called']);
  });

  test('are a hundred at most', () => {
    const many = Array.from({ length: 150 }, (_, i) => document('Service', `b/s${String(i)}`, port));
    expect(callersOf('a/called', document('Service', 'a/called', port), ...many)).toHaveLength(100);
  });
});

test.each([
  ['every caller', '', ['a/free', 'b/free', 'b/declares', 'c/free']],
  ['a namespace', ', from: [{namespace: b}]', ['b/declares', 'b/free']],
  ['a service', ', from: [{service: c/free}]', ['c/free']],
  ['every identity', ', from: [{authenticated: true}]', ['a/free', 'b/declares', 'b/free', 'c/free']],
])('callers of an External that accepts %s', (_, from, expected) => {
  const callers = callersOf(
    'a/outside',
    document('External', 'a/outside', `hosts: [outside.example], ${port}${from}`),
    document('Service', 'a/free', port),
    document('Service', 'b/free', port),
    document('Service', 'b/declares', `${port}, calls: [a/outside]`),
    document('Service', 'b/declares-nothing', `${port}, calls: []`),
    document('Service', 'c/free', port),
  );
  expect([...callers].sort()).toEqual([...expected].sort());
});
