import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import appMesh from '../../../../src/core/targets/app-mesh/index.ts';
import type { Specs } from '../../../../src/core/targets/app-mesh/object.ts';
import { document, linked, mesh } from '../../ir/linked.ts';
import { access, books, caller, closed, route } from '../book-shop.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
}

const context = { version: '1.13', options: {} };

function specOf<K extends keyof Specs>(kind: K, ir: Ir, name: string): Specs[K] | undefined {
  const found = appMesh
    .lower(ir, context)
    .map((artifact) => (artifact as unknown as { readonly manifest: Manifest }).manifest)
    .find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  return found?.spec as Specs[K] | undefined;
}

function limitsOf(ir: Ir): readonly string[] {
  return (appMesh.limits?.(ir, context) ?? []).map(({ feature }) => feature);
}

const routesOf = (ir: Ir) =>
  (specOf('VirtualRouter', ir, 'books')?.routes ?? []).flatMap(({ priority, httpRoute }) =>
    httpRoute === undefined ? [] : [{ priority, httpRoute }],
  );
const tlsOf = (ir: Ir) => specOf('VirtualNode', ir, 'books')?.listeners?.[0]?.tls;
const namesOf = (ir: Ir): readonly string[] | undefined =>
  tlsOf(ir)?.validation?.subjectAlternativeNames?.match.exact;

describe('App Mesh', () => {
  test('gets a policy without tries on every route: by itself it tries two times more', () => {
    const policies = routesOf(linked(mesh(), books)).map(({ httpRoute }) => httpRoute.retryPolicy);
    expect(policies).toEqual([
      { maxRetries: 0, perRetryTimeout: { unit: 's', value: 0 }, httpRetryEvents: ['stream-error'] },
    ]);
  });

  test('gets a time on every route: by itself it ends requests after 15 seconds', () => {
    const times = routesOf(linked(mesh('defaults: {timeout: 0s}'), books)).map(
      ({ httpRoute }) => httpRoute.timeout,
    );
    expect(times).toEqual([{ perRequest: { unit: 's', value: 0 }, idle: { unit: 's', value: 0 } }]);
  });

  test('compares elements of a path where the spec does, and whole values by patterns', () => {
    const rules = routesOf(
      linked(
        mesh(),
        books,
        route(
          'books',
          'match: [{path: {prefix: /new}, headers: {x: {regex: "a|b"}}}]',
          'match: [{path: {startsWith: /new}}]',
          '{}',
        ),
      ),
    );
    expect(rules.map(({ priority, httpRoute }) => [priority, httpRoute.match])).toEqual([
      [
        0,
        {
          path: { regex: '^/new(?:/.*)?$' },
          headers: [{ name: 'x', match: { regex: '^(?:a|b)$' } }],
          port: 80,
        },
      ],
      [1, { path: { regex: '^/new.*$' }, port: 80 }],
      [2, { prefix: '/', port: 80 }],
    ]);
  });

  test('asks for an absent header and for another value: Envoy takes no absent header for another value', () => {
    const rules = routesOf(
      linked(mesh(), books, route('books', 'match: [{headers: {x: {not: {exact: a}}}}]', '{}')),
    );
    expect(rules.map(({ httpRoute }) => httpRoute.match['headers'])).toEqual([
      [{ name: 'x', invert: true }],
      [{ name: 'x', invert: true, match: { exact: 'a' } }],
      undefined,
    ]);
  });

  test('divides in whole percentages with a sum of 100, and says where shares differ', () => {
    const weightsOf = (rule: string) => {
      const ir = linked(mesh(), books, route('books', rule));
      const [first] = routesOf(ir);
      return [first?.httpRoute.action.weightedTargets.map(({ weight }) => weight), limitsOf(ir)];
    };
    const split = (one: number, other: number) =>
      `backends: [{version: v1, weight: ${String(one)}}, {version: v2, weight: ${String(other)}}]`;
    expect(weightsOf(split(900, 100))).toEqual([[9, 1], []]);
    expect(weightsOf(split(1, 2))).toEqual([[1, 2], []]);
    expect(weightsOf(split(999, 1))).toEqual([[99, 1], ['route.split']]);
    expect(weightsOf(split(997, 3))).toEqual([[99, 1], ['route.split']]);
    expect(weightsOf(split(200, 101))).toEqual([[66, 34], ['route.split']]);
  });

  test('sends requests that it can not treat as the spec says to no pods, never to a later rule', () => {
    const ir = linked(
      mesh(),
      books,
      route(
        'books',
        '{match: [{path: {prefix: /moved}}], redirect: {path: /there}}',
        'backends: [{version: v1, weight: 0}]',
      ),
    );
    const targets = routesOf(ir).map(({ httpRoute }) =>
      httpRoute.action.weightedTargets.map(({ virtualNodeRef }) => virtualNodeRef?.name),
    );
    expect(targets).toEqual([['meshwright-nowhere'], ['meshwright-nowhere']]);
    expect(specOf('VirtualNode', ir, 'meshwright-nowhere')).not.toHaveProperty('podSelector');
  });

  test('names the callers of a closed port, and refuses everybody by a name that nobody has', () => {
    const web = 'spiffe://shop.example/ns/shop/sa/web';
    const rule = 'allow: {from: [{service: web}]}';
    expect(namesOf(linked(closed, caller('web'), caller('jobs'), books, access('books', rule)))).toEqual([
      web,
    ]);
    const nobody = namesOf(linked(closed, caller('web'), books));
    expect(nobody).toHaveLength(1);
    expect(nobody?.[0]).not.toMatch(/\/sa\//);
    expect(namesOf(linked(mesh('access: allow'), caller('web'), books))).toBeUndefined();
  });

  test('leaves out a caller that may send some requests alone, and says so', () => {
    const some = linked(
      closed,
      caller('web'),
      caller('jobs'),
      books,
      access(
        'books',
        'allow: {from: [{service: web}]}',
        'allow: {from: [{service: jobs}], to: [{methods: [GET]}]}',
      ),
    );
    expect(namesOf(some)).toEqual(['spiffe://shop.example/ns/shop/sa/web']);
    expect(limitsOf(some)).toEqual(['access.http']);
    const denied = linked(
      mesh('access: allow'),
      caller('web'),
      caller('jobs'),
      books,
      access('books', 'deny: {from: [{service: jobs}], to: [{methods: [DELETE]}]}'),
    );
    expect(namesOf(denied)).not.toContain('spiffe://shop.example/ns/shop/sa/jobs');
    expect(namesOf(denied)).toContain('spiffe://shop.example/ns/shop/sa/web');
    expect(limitsOf(denied)).toEqual(['access.deny']);
  });

  test('takes plain text only where callers without identity may call', () => {
    const permissive = (rule: string): Ir =>
      linked(mesh('mtls: permissive', 'access: deny'), caller('web'), books, access('books', rule));
    expect(tlsOf(permissive('allow: {from: [{service: web}]}'))?.mode).toBe('STRICT');
    expect(tlsOf(permissive('allow: {from: [{anyone: true}]}'))?.mode).toBe('PERMISSIVE');
    const disabled = (...rules: readonly string[]): Ir =>
      linked(
        mesh('mtls: disabled', 'access: deny'),
        caller('web'),
        books,
        ...rules.map((rule) => access('books', rule)),
      );
    expect(tlsOf(disabled('allow: {from: [{anyone: true}]}'))).toBeUndefined();
    expect(tlsOf(disabled())?.mode).toBe('STRICT');
  });

  test('lets a namespace see what is exposed to it, and says where it can not keep it from the others', () => {
    const hidden = document('Service', 'books', ['ports: {http: {port: 80}}', 'exposeTo: [other]'], 'far');
    const backendsOf = (ir: Ir) => specOf('VirtualNode', ir, 'web')?.backends;
    const ir = linked(mesh('egress: deny'), caller('web'), hidden);
    expect(backendsOf(ir)).toBeUndefined();
    expect(limitsOf(ir)).toEqual([]);
    expect(limitsOf(linked(mesh('egress: allow'), caller('web'), hidden))).toEqual(['service.expose-to']);
  });

  test('limits each port by what App Mesh counts for its protocol', () => {
    const limited = document('Service', 'books', [
      'ports: {http: {port: 80}, grpc: {port: 81}, sql: {port: 82, protocol: tcp}}',
      'connections: {maxConnections: 8, maxPendingRequests: 4, maxRequests: 16}',
    ]);
    const pools = specOf('VirtualNode', linked(mesh(), limited), 'books')?.listeners?.map(
      ({ connectionPool }) => connectionPool,
    );
    expect(pools).toHaveLength(3);
    expect(pools).toEqual(
      expect.arrayContaining([
        { http: { maxConnections: 8, maxPendingRequests: 4 } },
        { http2: { maxRequests: 16 } },
        { tcp: { maxConnections: 8 } },
      ]),
    );
    const plain = specOf('VirtualNode', linked(mesh(), books), 'books')?.listeners?.[0];
    expect(plain?.connectionPool).toBeUndefined();
  });

  test('gives versions of two services whose names are joined to one text a node each', () => {
    const [one, other] = [
      document('Service', 'a', ['ports: {http: {port: 80}}', 'versions: {b-c: {}, pods: {}}']),
      document('Service', 'a-b', ['ports: {http: {port: 80}}', 'versions: {c: {}, d: {}}']),
    ];
    const split = (name: string, version: string): string =>
      document('Route', name, [
        `service: ${name}`,
        `rules: [{match: [{path: {exact: /x}}], backends: [{version: ${version}}]}, {}]`,
      ]);
    const ir = linked(mesh(), one, other, split('a', 'b-c'), split('a-b', 'c'));
    const names = appMesh
      .lower(ir, context)
      .filter(({ kind }) => kind === 'VirtualNode' || kind === 'Service')
      .map(({ kind, name }) => `${kind} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  // language.md: a service that is not exposed to the namespace of a gateway is unknown there.
  test('leads a gateway to no service that its namespace may not see', () => {
    const inner = document('Service', 'inner', ['ports: {http: {port: 80}}', 'exposeTo: [shop]']);
    const gateway = document('Gateway', 'door', ['listeners: {web: {port: 80, protocol: http}}'], 'edge');
    const open = document(
      'Route',
      'open',
      ['gateways: [door]', 'rules: [{backends: [{service: shop/inner}]}]'],
      'edge',
    );
    const ir = linked(mesh(), inner, gateway, open);
    // decide answers 404, and App Mesh 503.
    expect(limitsOf(ir)).toContain('service.expose-to');
    expect(limitsOf(linked(mesh(), inner.replace('[shop]', '[edge]'), gateway, open))).not.toContain(
      'service.expose-to',
    );
    const routers = appMesh
      .lower(ir, context)
      .map((artifact) => (artifact as unknown as { readonly manifest: Manifest }).manifest)
      .filter(({ kind, metadata }) => kind === 'VirtualRouter' && metadata.name !== 'inner');
    expect(routers).toHaveLength(1);
    expect(JSON.stringify(routers)).toContain('meshwright-nowhere');
    expect(JSON.stringify(routers)).not.toContain('"name":"inner"');
  });

  test('opens no gateway that has rules of Access, and says so', () => {
    const gateway = document('Gateway', 'door', ['listeners: {web: {port: 80, protocol: http}}']);
    const open = document('Route', 'open', ['gateways: [door]', 'rules: [{backends: [{service: books}]}]']);
    const rules = document('Access', 'door', [
      'gateway: door',
      'rules:',
      '  - deny: {from: [{anyone: true}], to: [{paths: [{prefix: /admin}]}]}',
    ]);
    expect(specOf('VirtualGateway', linked(mesh(), books, gateway, open), 'door')).toBeDefined();
    const ir = linked(mesh(), books, gateway, open, rules);
    expect(specOf('VirtualGateway', ir, 'door')).toBeUndefined();
    expect(limitsOf(ir)).toContain('access.deny');
  });
});
