import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import gatewayApi from '../../../../src/core/targets/gateway-api/index.ts';
import { duration } from '../../../../src/core/targets/gateway-api-objects/duration.ts';
import { document, linked, mesh } from '../../ir/linked.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly annotations: object };
  readonly spec: Readonly<Record<string, unknown>>;
}

const version = gatewayApi.versions.at(-1) ?? '';

function written(ir: Ir, options: Readonly<Record<string, unknown>> = {}): readonly Manifest[] {
  return gatewayApi
    .lower(ir, { version, options })
    .map((artifact) => (artifact as unknown as { readonly manifest: Manifest }).manifest);
}

function named(all: readonly Manifest[], kind: string, name: string): Manifest['spec'] {
  const found = all.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined)
    throw new Error(
      `no ${kind} ${name} among ${all.map((one) => `${one.kind} ${one.metadata.name}`).join(', ')}`,
    );
  return found.spec;
}

const open = mesh('access: allow');
const nobody = [
  {
    backendRefs: [
      { group: '', kind: 'Service', name: 'nowhere.invalid', namespace: 'shop', port: 1, weight: 1 },
    ],
  },
];
const a = document('Service', 'a', [
  'ports: {http: {port: 80}}',
  'timeout: 0s',
  'versions: {v1: {}, v2: {labels: {track: canary}}}',
]);
const split = document('Route', 'a', ['service: a', 'rules: [{backends: [{version: v1}, {version: v2}]}]']);

describe('versions', () => {
  test('a version that a rule names is a Service with the labels of its pods, and no other is written', () => {
    const other = document('Service', 'b', [
      'ports: {http: {port: 80}}',
      'timeout: 0s',
      'versions: {v1: {}, v2: {}}',
    ]);
    const services = written(linked(open, a, split, other)).filter(({ kind }) => kind === 'Service');
    expect(services.map(({ metadata, spec }) => [metadata.name, spec['selector']])).toEqual([
      ['a-v1', { app: 'a', version: 'v1' }],
      ['a-v2', { app: 'a', track: 'canary' }],
    ]);
  });

  test('a Service of a version names its protocols as Istio reads them, and to others those of the standard', () => {
    const ports = document('Service', 'a', [
      'ports: {http: {port: 80}, admin: {port: 81, protocol: tcp}, db: {port: 82, protocol: mysql}, sealed: {port: 83, protocol: tls}}',
      'timeout: 0s',
      'versions: {v1: {}, v2: {}}',
    ]);
    const byPort = document('Route', 'a', [
      'service: a',
      'ports: [http]',
      'rules: [{backends: [{version: v1}, {version: v2}]}]',
    ]);
    const protocols = (options: object) => {
      const all = written(linked(open, ports, byPort), { ...options });
      const own = named(all, 'Service', 'a-v1')['ports'] as readonly { readonly appProtocol?: string }[];
      return own.map(({ appProtocol }) => appProtocol);
    };
    expect(protocols({ implementation: 'istio' })).toEqual(['http', 'tcp', 'tcp', 'tls']);
    expect(protocols({})).toEqual(['http', undefined, undefined, undefined]);
  });

  test('versions of two services whose names are joined to one text have Services of their own', () => {
    const [one, other] = [
      document('Service', 'a', ['ports: {http: {port: 80}}', 'versions: {b-c: {}, d: {}}']),
      document('Service', 'a-b', ['ports: {http: {port: 80}}', 'versions: {c: {}, d: {}}']),
    ];
    const routes = [
      document('Route', 'a', ['service: a', 'rules: [{backends: [{version: b-c}]}]']),
      document('Route', 'a-b', ['service: a-b', 'rules: [{backends: [{version: c}]}]']),
    ];
    const names = written(linked(open, one, other, ...routes)).flatMap(({ kind, metadata }) =>
      kind === 'Service' ? [metadata.name] : [],
    );
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(2);
  });

  test('versionServices: expect writes none, and names them with their labels', () => {
    const all = written(linked(open, a, split), { versionServices: 'expect', versionLabel: 'v' });
    expect(all.map(({ kind }) => kind)).toEqual(['HTTPRoute']);
    expect(all[0]?.metadata.annotations).toMatchObject({
      'meshwright.dev/needs-services':
        '{"Service/shop/a-v1":{"app":"a","v":"v1"},"Service/shop/a-v2":{"app":"a","track":"canary"}}',
    });
  });

  test('a Service of the mesh keeps its name: a version of another gets a digest', () => {
    const taken = document('Service', 'a-v1', ['ports: {http: {port: 80}}', 'timeout: 0s']);
    const all = written(linked(open, a, split, taken));
    const names = all.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
    expect(names).toEqual([expect.stringMatching(/^a-v1-[0-9a-f]{8}$/), 'a-v2']);
  });

  test('the only version is the Service itself', () => {
    const single = document('Service', 'a', [
      'ports: {http: {port: 80}}',
      'timeout: 0s',
      'versions: {v1: {}}',
    ]);
    const route = document('Route', 'a', [
      'service: a',
      'rules: [{backends: [{version: v1}], headers: {request: {set: {x: y}}}}]',
    ]);
    const all = written(linked(open, single, route));
    expect(all.map(({ kind }) => kind)).toEqual(['HTTPRoute']);
    expect(JSON.stringify(all)).toContain('"name":"a","namespace":"shop","port":80,"weight":1');
  });
});

describe('routes', () => {
  test('a port whose calls are simply sent on has none', () => {
    expect(written(linked(open, a))).toEqual([]);
  });

  test('an answer that can not be said has a rule without backend, so that no later rule takes its requests', () => {
    const route = document('Route', 'a', [
      'service: a',
      'rules: [{match: [{path: {prefix: /closed}}], respond: {status: 403}}, {backends: [{}]}]',
    ]);
    const first = (implementation?: string): object | undefined => {
      const options = implementation === undefined ? {} : { implementation };
      const { rules } = named(written(linked(open, a, route), options), 'HTTPRoute', 'a.http') as {
        rules: readonly object[];
      };
      return rules[0];
    };
    const matches = [{ path: { type: 'PathPrefix', value: '/closed' } }];
    expect(first('istio')).toEqual({ matches });
    expect(first('cilium')).toEqual({ matches });
    // GAMMA asks a mesh to send the requests of a rule without backends to the Service of the route.
    for (const other of [undefined, 'kuma', 'linkerd'])
      expect(first(other)).toEqual({ matches, ...nobody[0] });
  });

  test('weights that are all zero name no backend that a mesh could take for the Service itself', () => {
    const drained = document('Route', 'a', [
      'service: a',
      'rules: [{backends: [{version: v1, weight: 0}, {version: v2, weight: 0}]}]',
    ]);
    const all = written(linked(open, a, drained), { implementation: 'linkerd' });
    expect(named(all, 'HTTPRoute', 'a.http')['rules']).toMatchObject(nobody);
  });

  test('rules of which none can be said close the port instead of leaving it to the Service', () => {
    const route = document('Route', 'a', [
      'service: a',
      'rules: [{match: [{headers: {x: {present: false}}}], backends: [{version: v1}]}]',
    ]);
    const closed = { matches: [{ path: { type: 'PathPrefix', value: '/' } }] };
    expect(named(written(linked(open, a, route)), 'HTTPRoute', 'a.http')['rules']).toEqual([
      { ...closed, ...nobody[0] },
    ]);
    const ofIstio = written(linked(open, a, route), { implementation: 'istio' });
    expect(named(ofIstio, 'HTTPRoute', 'a.http')['rules']).toEqual([closed]);
  });

  // Linkerd takes the match that covers most of a path; where two cover as much, a method comes before its kind.
  test('the order of rules holds by the reading of the mesh that is named', () => {
    const route = document('Route', 'a', [
      'service: a',
      'rules: [{match: [{path: {exact: /a}}], backends: [{version: v1}]}, {match: [{path: {prefix: /a}, methods: [GET]}], backends: [{version: v2}]}]',
    ]);
    const matches = (implementation: string): unknown => {
      const rules = named(written(linked(open, a, route), { implementation }), 'HTTPRoute', 'a.http')[
        'rules'
      ];
      return (rules as readonly { readonly matches: unknown }[])[0]?.matches;
    };
    const exact = { path: { type: 'Exact', value: '/a' } };
    expect(matches('istio')).toEqual([exact]);
    expect(matches('linkerd')).toEqual([exact, { ...exact, method: 'GET' }]);
  });

  // Cilium and Kuma drop a backend of another namespace for which there is no grant, also inside of the mesh.
  test('a backend of another namespace has a grant where the mesh asks for one', () => {
    const far = document('Service', 'far', ['ports: {http: {port: 80}}'], 'other');
    const route = document('Route', 'a', ['service: a', 'rules: [{backends: [{service: other/far}]}]']);
    const grants = (options: object): number =>
      written(linked(open, a, far, route), { ...options }).filter(({ kind }) => kind === 'ReferenceGrant')
        .length;
    expect([grants({ implementation: 'cilium' }), grants({ implementation: 'kuma' })]).toEqual([1, 1]);
    expect(grants({ implementation: 'istio' })).toBe(0);
  });

  test('session persistence is never written', () => {
    const sticky = document('Service', 'a', [
      'ports: {http: {port: 80}}',
      'loadBalancing: {affinity: {cookie: {name: user, ttl: 1h}}}',
    ]);
    expect(
      JSON.stringify(written(linked(open, sticky), { channel: 'experimental', implementation: 'istio' })),
    ).not.toContain('ersistence');
  });

  test('seventeen rules are two objects, the second of a later name', () => {
    const rules = Array.from(
      { length: 17 },
      (_, i) => `{match: [{path: {prefix: /r${String(i)}}}], backends: [{version: v1}]}`,
    );
    const route = document('Route', 'a', ['service: a', `rules: [${rules.join(', ')}]`]);
    const names = written(linked(open, a, route)).flatMap(({ kind, metadata, spec }) =>
      kind === 'HTTPRoute' ? [[metadata.name, (spec['rules'] as readonly object[]).length]] : [],
    );
    expect(names).toEqual([
      ['a.http', 16],
      ['a.http.part002', 1],
    ]);
  });
});

describe('gateways', () => {
  const gateway = (listeners: string) =>
    document('Gateway', 'g', ['workload: {labels: {app: g}}', `listeners: ${listeners}`]);
  const entering = (hostnames: string, rules: string) =>
    document('Route', 'in', [
      'gateways: [g]',
      ...(hostnames === '' ? [] : [`hostnames: ${hostnames}`]),
      `rules: ${rules}`,
    ]);
  const istio = { implementation: 'istio' };

  test('a listener that demands certificates is not written: nothing listens there', () => {
    const ir = linked(
      open,
      a,
      gateway(
        '{s: {port: 443, protocol: https, tls: {certificate: {secret: s}, clientCertificates: {ca: {secret: ca}}}}, o: {port: 444, protocol: https, tls: {certificate: {secret: s}}}}',
      ),
      entering('', '[{backends: [{service: a}]}]'),
    );
    const { listeners } = named(written(ir, istio), 'Gateway', 'g') as {
      listeners: readonly { name: string }[];
    };
    expect(listeners.map(({ name }) => name)).toEqual(['o']);
    expect(JSON.stringify(written(ir, istio))).not.toContain('"sectionName":"s"');
    const said = gatewayApi.limits?.(ir, { version, options: istio }) ?? [];
    expect(said.map(({ feature, callers }) => [feature, callers])).toContainEqual([
      'gateway.tls',
      'connections to that listener are refused',
    ]);
  });

  test('without a class no Gateway is written, and each listener says so', () => {
    const ir = linked(
      open,
      a,
      gateway('{l: {port: 80, protocol: http}}'),
      entering('', '[{backends: [{service: a}]}]'),
    );
    expect(written(ir)).toEqual([]);
    const said = gatewayApi.limits?.(ir, { version, options: {} }) ?? [];
    expect(said.map(({ feature }) => feature)).toEqual(['gateway.http']);
    expect(written(ir, { gatewayClass: 'own' }).map(({ kind }) => kind)).toEqual(['Gateway', 'HTTPRoute']);
  });

  test('a host that a wider one would answer for is closed by a last rule', () => {
    const ir = linked(
      open,
      a,
      gateway('{l: {port: 80, protocol: http}}'),
      document('Route', 'x', [
        'gateways: [g]',
        'hostnames: [x.example]',
        'rules: [{match: [{path: {prefix: /a}}], backends: [{service: a}]}]',
      ]),
      document('Route', 'all', ['gateways: [g]', 'rules: [{backends: [{service: a}]}]']),
    );
    const rules = named(written(ir, istio), 'HTTPRoute', 'g.l')['rules'] as readonly object[];
    expect(rules.at(-1)).toEqual({ matches: [{ path: { type: 'PathPrefix', value: '/' } }] });
  });

  test('server names are those of the rule inside those of the listener', () => {
    const tls = document('Service', 't', ['ports: {tls: {port: 443}}', 'versions: {v1: {}, v2: {}}']);
    const ir = linked(
      open,
      tls,
      gateway('{l: {port: 443, protocol: tls, hostnames: ["*.example"]}}'),
      entering(
        '["*.example"]',
        '[{match: [{sni: [a.example]}], backends: [{service: t, version: v1}]}, {match: [{sni: ["*.example", a.example]}], backends: [{service: t, version: v2}]}]',
      ),
    );
    const routes = written(ir, istio).filter(({ kind }) => kind === 'TLSRoute');
    expect(routes.map(({ spec }) => spec['hostnames'])).toEqual([['a.example'], ['*.example']]);
  });

  test('a server name that gets nothing stays that of its rule', () => {
    const tls = document('Service', 't', ['ports: {tls: {port: 443}}']);
    const ir = linked(
      open,
      tls,
      gateway('{l: {port: 443, protocol: tls, hostnames: ["*.example"]}}'),
      entering(
        '["*.example"]',
        '[{match: [{sni: [a.example]}], backends: [{service: t, weight: 0}]}, {match: [{sni: ["*.example"]}], backends: [{service: t}]}]',
      ),
    );
    const routes = written(ir, istio).filter(({ kind }) => kind === 'TLSRoute');
    expect(routes.map(({ spec }) => [spec['hostnames'], spec['rules']])[0]).toEqual([['a.example'], nobody]);
  });

  test('a route may name those Services of another namespace that it sends to, and no others', () => {
    const far = document(
      'Gateway',
      'far',
      ['workload: {labels: {app: g}}', 'listeners: {l: {port: 80, protocol: http}}'],
      'edge',
    );
    const ir = linked(
      open,
      a,
      far,
      document('Route', 'in', ['gateways: [edge/far]', 'rules: [{backends: [{service: a, version: v1}]}]']),
    );
    const grant = written(ir, istio).find(({ kind }) => kind === 'ReferenceGrant');
    expect(grant?.metadata.namespace).toBe('shop');
    expect(grant?.spec).toEqual({
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'edge' }],
      to: [{ group: '', kind: 'Service', name: 'a-v1' }],
    });
  });
});

describe('connections that nothing may get', () => {
  const ports = document('Service', 'a', [
    'ports: {one: {port: 81, protocol: mysql}, two: {port: 82, protocol: mysql}}',
    'versions: {v1: {}, v2: {}}',
  ]);
  const outside = document('External', 'x', [
    'hosts: [x.example]',
    'addresses: [10.0.0.1]',
    'ports: {two: {port: 82, protocol: mysql}}',
  ]);
  // The language closes them; without a route they would reach the Service.
  test.each([
    ['no rule takes them', '[{match: [{port: one}], backends: [{version: v1}]}]'],
    ['all weights are zero', '[{backends: [{version: v1, weight: 0}, {version: v2, weight: 0}]}]'],
    ['the backend is outside of the mesh', '[{backends: [{service: x, port: two}]}]'],
    ['each rule asks for callers', '[{match: [{from: [a]}], backends: [{version: v1}]}]'],
  ])('%s: a route leads nowhere', (_why, rules) => {
    const ir = linked(
      open,
      ports,
      outside,
      document('Route', 'a', ['service: a', 'ports: [one, two]', `rules: ${rules}`]),
    );
    expect(named(written(ir), 'TCPRoute', 'a.two')['rules']).toEqual(nobody);
  });

  test('a share of zero is left out', () => {
    const rules = 'rules: [{backends: [{version: v1, weight: 0}, {version: v2, weight: 3}]}]';
    const ir = linked(open, ports, document('Route', 'a', ['service: a', 'ports: [two]', rules]));
    expect(named(written(ir), 'TCPRoute', 'a.two')['rules']).toEqual([
      {
        backendRefs: [{ group: '', kind: 'Service', name: 'a-v2', namespace: 'shop', port: 82, weight: 3 }],
      },
    ]);
  });
});

test.each([
  [0, '0s'],
  [0.4, '1ms'],
  [1500, '1s500ms'],
  [90_000, '1m30s'],
  [3_600_000 * 30 + 61_001, '30h1m1s1ms'],
])('%d ms are %s (GEP-2257)', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
