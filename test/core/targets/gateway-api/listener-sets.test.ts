import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import gatewayApi from '../../../../src/core/targets/gateway-api/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import { document, linked, mesh } from '../../ir/linked.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly listeners?: readonly { readonly hostname?: string }[];
    readonly parentRef?: object;
    readonly parentRefs?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly sectionName: string;
    }[];
    readonly allowedListeners?: object;
    readonly hostnames?: readonly string[];
    readonly rules?: readonly object[];
  };
}

function written(ir: Ir, options: Readonly<Record<string, unknown>>): readonly Manifest[] {
  return gatewayApi
    .lower(ir, { version: gatewayApi.versions.at(-1) ?? '', options })
    .map((artifact) => (artifact as unknown as { readonly manifest: Manifest }).manifest);
}

const istio = { implementation: 'istio' };

/** A gateway with one listener that has so many hostnames. */
function gatewayOf(count: number): Ir {
  const hosts = Array.from({ length: count }, (_, i) => `h${String(i + 1).padStart(3, '0')}.example`);
  return linked(
    mesh('access: allow'),
    document('Service', 'a', ['ports: {http: {port: 80}}']),
    document('Gateway', 'g', [
      `listeners: {l: {port: 80, protocol: http, hostnames: [${hosts.join(', ')}]}}`,
    ]),
    document('Route', 'r', ['gateways: [g]', 'rules: [{backends: [{service: a}]}]']),
  );
}

// The CRD of a Gateway takes 64 listeners.
describe('a gateway of many hostnames', () => {
  test('has no ListenerSet up to 64', () => {
    const all = written(gatewayOf(64), istio);
    expect(all.map(({ kind }) => kind)).not.toContain('ListenerSet');
    const gateway = all.find(({ kind }) => kind === 'Gateway');
    expect(gateway?.spec.listeners).toHaveLength(64);
    expect(gateway?.spec.allowedListeners).toBeUndefined();
  });

  test('has the others in ListenerSets, which the Gateway allows and routes name', () => {
    const all = written(gatewayOf(130), istio);
    const gateway = all.find(({ kind }) => kind === 'Gateway');
    const sets = all.filter(({ kind }) => kind === 'ListenerSet');
    expect(gateway?.spec.allowedListeners).toEqual({ namespaces: { from: 'Same' } });
    expect(sets.map(({ metadata, spec }) => [metadata.name, spec.listeners?.length])).toEqual([
      ['g.part002', 64],
      ['g.part003', 2],
    ]);
    expect(sets[0]?.spec.parentRef).toEqual({
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      name: 'g',
    });
    const named = all
      .filter(({ kind }) => kind === 'HTTPRoute')
      .flatMap(({ spec }) => spec.parentRefs ?? [])
      .filter(({ kind }) => kind !== 'Service')
      .map(({ kind, name, sectionName }) => `${kind} ${name} ${sectionName}`);
    expect(new Set(named).size).toBe(130);
    expect(named).toContain('Gateway g l-64');
    expect(named).toContain('ListenerSet g.part002 l-65');
    expect(named).toContain('ListenerSet g.part003 l-130');
  });
});

// GEP-1619: persistence beats weights, even the weight 0, so that a rollback would not move users.
test.each(Object.entries(gatewayApi.modes ?? {}))(
  'no route persists sessions: %s',
  (_name, { options = {} }) => {
    for (const { directory, environment } of meshCases())
      expect(JSON.stringify(written(linkedMesh(directory, environment), options))).not.toContain(
        'ersistence',
      );
  },
);

test('each Service of another namespace that a route of a gateway names is granted, mirrors and connections too', () => {
  const elsewhere = (name: string, ports: string) => document('Service', name, [`ports: ${ports}`], 'far');
  const ir = linked(
    mesh('access: allow'),
    elsewhere('a', '{http: {port: 80}}'),
    elsewhere('b', '{http: {port: 80}}'),
    elsewhere('c', '{db: {port: 81, protocol: mysql}}'),
    elsewhere('t', '{tls: {port: 443}}'),
    document('Gateway', 'g', [
      'listeners: {l: {port: 80, protocol: http}, m: {port: 81, protocol: tcp}, t: {port: 443, protocol: tls, hostnames: [t.example]}}',
    ]),
    document('Route', 'r', [
      'gateways: [g]',
      'rules: [{mirror: [{service: far/b}], backends: [{service: far/a}]}]',
    ]),
    document('Route', 'm', ['gateways: [g]', 'rules: [{match: [{port: m}], backends: [{service: far/c}]}]']),
    document('Route', 't', [
      'gateways: [g]',
      'hostnames: [t.example]',
      'rules: [{match: [{sni: [t.example]}], backends: [{service: far/t}]}]',
    ]),
  );
  const grants = written(ir, istio).filter(({ kind }) => kind === 'ReferenceGrant');
  const group = 'gateway.networking.k8s.io';
  expect(grants.map(({ metadata, spec }) => [metadata.namespace, spec])).toEqual([
    [
      'far',
      {
        from: ['HTTPRoute', 'TCPRoute', 'TLSRoute'].map((kind) => ({ group, kind, namespace: 'shop' })),
        to: ['a', 'b', 'c', 't'].map((name) => ({ group: '', kind: 'Service', name })),
      },
    ],
  ]);
});
