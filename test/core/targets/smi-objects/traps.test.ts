import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import nginx from '../../../../src/core/targets/nginx-service-mesh/index.ts';
import osm from '../../../../src/core/targets/osm/index.ts';
import smi from '../../../../src/core/targets/smi/index.ts';
import type { Target } from '../../../../src/core/targets/target.ts';
import traefikMesh from '../../../../src/core/targets/traefik-mesh/index.ts';
import { document, linked, mesh } from '../../ir/linked.ts';
import { access, caller, closed, books as versioned } from '../book-shop.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

const context = (target: Target, version?: string, options: Readonly<Record<string, unknown>> = {}) => ({
  version: version ?? target.versions.at(-1) ?? '',
  options,
});

function specsOf(kind: string, ir: Ir, target: Target, version?: string): readonly Manifest['spec'][] {
  return target
    .lower(ir, context(target, version))
    .map((artifact) => (artifact as unknown as { readonly manifest: Manifest }).manifest)
    .filter((manifest) => manifest.kind === kind)
    .map(({ spec }) => spec);
}

function limitsOf(
  ir: Ir,
  target: Target,
  options: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  return (target.limits?.(ir, context(target, undefined, options)) ?? []).map(
    ({ feature, callers }) => `${feature}: ${callers}`,
  );
}

const all = [
  ['smi', smi],
  ['osm', osm],
  ['traefik-mesh', traefikMesh],
  ['nginx-service-mesh', nginx],
] as const;
const books = document('Service', 'books', ['ports: {http: {port: 80, targetPort: 8080}}']);

describe.each(all)('%s', (_, target) => {
  test('writes no TrafficTarget for a service that nobody may call', () => {
    const ir = linked(
      closed,
      caller('web'),
      books,
      access('books', 'allow: {from: [{service: web}], except: [{from: [{service: web}]}]}'),
    );
    expect(specsOf('TrafficTarget', ir, target)).toEqual([]);
    expect(specsOf('TrafficTarget', linked(closed, caller('web'), books), target)).toEqual([]);
  });

  test('leaves out a caller of whose requests some are denied, and says so', () => {
    const ir = linked(
      mesh('access: allow'),
      caller('web'),
      caller('jobs'),
      books,
      access('books', 'deny: {from: [{service: jobs}], to: [{methods: [DELETE]}]}'),
    );
    const [{ sources }] = specsOf('TrafficTarget', ir, target) as [{ sources: readonly { name: string }[] }];
    expect(sources.map(({ name }) => name)).toEqual(['books', 'web']);
    expect(limitsOf(ir, target)).toContain('access.deny: other callers are refused, too');
  });

  test('gives services with one account what all of them grant', () => {
    const shared = (name: string): string =>
      document('Service', name, [
        'ports: {http: {port: 80, targetPort: 8080}}',
        'workload: {serviceAccount: common}',
      ]);
    const ir = linked(
      closed,
      caller('web'),
      caller('jobs'),
      shared('one'),
      shared('two'),
      access('one', 'allow: {from: [{service: web}]}', 'allow: {from: [{service: jobs}]}'),
      access('two', 'allow: {from: [{service: jobs}], to: [{methods: [GET]}]}'),
    );
    const targets = specsOf('TrafficTarget', ir, target);
    expect(targets).toMatchObject([{ destination: { name: 'common' }, sources: [{ name: 'jobs' }] }]);
    const [{ matches }] = specsOf('HTTPRouteGroup', ir, target) as [{ matches: readonly object[] }];
    expect(matches).toMatchObject([{ methods: ['GET'] }]);
    expect(limitsOf(ir, target)).toContain('access.identity: some callers are refused');
  });

  test('reports each guarded service of a mesh that lets everybody in', () => {
    const ir = linked(closed, caller('web'), books, access('books', 'allow: {from: [{service: web}]}'));
    expect(limitsOf(ir, target)).toEqual([]);
    expect(limitsOf(ir, target, { enforcement: 'off' })).toEqual([
      'access.identity: calls that should be refused are served',
    ]);
  });

  test('writes no split whose weights are all zero, nor one to another namespace or to the Service itself', () => {
    const other = document('Service', 'other', ['ports: {http: {port: 80}}'], 'far');
    for (const backends of [
      '[{version: v1, weight: 0}, {version: v2, weight: 0}]',
      '[{version: v1, weight: 1}, {service: far/other, weight: 1}]',
      '[{version: v1, weight: 1}, {weight: 1}]',
    ]) {
      const ir = linked(mesh('access: allow'), other, versioned, route(`backends: ${backends}`));
      expect(specsOf('TrafficSplit', ir, target), backends).toEqual([]);
      expect(limitsOf(ir, target), backends).toContain(`route.split: ${elsewhere}`);
    }
  });

  // The workflow of SMI's specification and the demo of Open Service Mesh end with a backend of weight 0.
  test('writes the Services of versions to which a split sends, and of no others', () => {
    const services = (backends: string): unknown =>
      target
        .lower(linked(mesh('access: allow'), versioned, route(`backends: ${backends}`)), context(target))
        .map((artifact) => (artifact as unknown as { readonly manifest: Manifest }).manifest)
        .filter(({ kind }) => kind === 'Service')
        .map(({ metadata: { name } }) => name);
    expect(services('[{version: v1, weight: 0}, {version: v2, weight: 3}]')).toEqual([
      'books-v1',
      'books-v2',
    ]);
    // A split that the mesh can not say is not written, so that nothing sends to its Services.
    expect(services('[{version: v1, weight: 1}, {weight: 1}]')).toEqual([]);
  });

  test('has the same TrafficTargets whatever the order of the rules', () => {
    const rules = ['allow: {from: [{service: web}]}', 'allow: {from: [{service: jobs}]}'] as const;
    const written = (...own: readonly string[]): unknown =>
      specsOf(
        'TrafficTarget',
        linked(closed, caller('web'), caller('jobs'), books, access('books', ...own)),
        target,
      );
    expect(written(...rules)).toEqual(written(...rules.toReversed()));
  });

  test('writes no match beside the one of every request if the same accounts have both', () => {
    const matches = (...own: readonly string[]): number =>
      specsOf(
        'HTTPRouteGroup',
        linked(closed, caller('web'), caller('jobs'), books, access('books', ...own)),
        target,
      ).flatMap((spec) => spec['matches'] as readonly unknown[]).length;
    const reading = 'allow: {from: [{service: web}], to: [{methods: [GET]}]}';
    expect(matches('allow: {from: [{service: web}]}', reading)).toBe(1);
    expect(matches('allow: {from: [{service: jobs}]}', reading)).toBeGreaterThan(1);
  });

  test('sends all requests to one version, and keeps weights of zero, so that a rollout finds its Services', () => {
    const weights = (backends: string): unknown =>
      specsOf(
        'TrafficSplit',
        linked(mesh('access: allow'), versioned, route(`backends: ${backends}`)),
        target,
      )[0]?.['backends'];
    expect(weights('[{version: v2}]')).toEqual([{ service: 'books-v2', weight: 1 }]);
    expect(weights('[{version: v1, weight: 0}, {version: v2, weight: 3}]')).toEqual([
      { service: 'books-v1', weight: 0 },
      { service: 'books-v2', weight: 1 },
    ]);
    expect(weights('[{service: books, weight: 0}, {version: v2, weight: 3}]')).toEqual([
      { service: 'books-v2', weight: 1 },
    ]);
    expect(weights('[{version: v1, weight: 3}, {version: v2, weight: 6}]')).toEqual([
      { service: 'books-v1', weight: 1 },
      { service: 'books-v2', weight: 2 },
    ]);
  });

  test('writes no split if the ports of a Service differ', () => {
    const two = document('Service', 'books', [
      'ports: {http: {port: 80}, admin: {port: 81, protocol: http}}',
      'versions: {v1: {}, v2: {}}',
    ]);
    const ir = linked(
      mesh('access: allow'),
      two,
      route('match: [{port: http}]', 'backends: [{version: v1}, {version: v2}]'),
    );
    expect(specsOf('TrafficSplit', ir, target)).toEqual([]);
    expect(limitsOf(ir, target)).toContain(`route.split: ${elsewhere}`);
  });
});

const elsewhere = 'such requests go to the Service that they name, to any of its versions';
const route = (...rule: readonly string[]): string =>
  document('Route', 'books', ['service: books', 'rules:', `  - ${rule.join('\n      ')}`]);

describe('an account with HTTP and TCP ports', () => {
  const mixed = document('Service', 'books', [
    'ports: {http: {port: 80, targetPort: 8080}, db: {port: 5432, protocol: tcp}}',
  ]);
  const ir = linked(
    closed,
    caller('web'),
    caller('jobs'),
    mixed,
    access(
      'books',
      'allow: {from: [{service: web}], to: [{ports: [http], methods: [GET]}]}',
      'allow: {from: [{service: jobs}]}',
    ),
  );

  // The sources of Open Service Mesh open all ports of an account to a TrafficTarget without a TCPRoute.
  test('has the HTTP ports beside the HTTP routes in Open Service Mesh', () => {
    const targets = specsOf('TrafficTarget', ir, osm) as readonly {
      readonly rules: readonly { readonly kind: string; readonly name: string }[];
      readonly sources: readonly { readonly name: string }[];
    }[];
    expect(
      targets.map(({ sources, rules }) => [sources.map(({ name }) => name), rules.map(({ name }) => name)]),
    ).toEqual([
      [['jobs'], ['books.http', 'books.http']],
      [['web'], ['books.http', 'books.http']],
      [['jobs'], ['books.p5432']],
    ]);
    expect(targets.every(({ rules }) => rules.some(({ kind }) => kind === 'TCPRoute'))).toBe(true);
    expect(specsOf('TCPRoute', ir, osm)).toEqual([
      { matches: { ports: [8080] } },
      { matches: { ports: [5432] } },
    ]);
  });

  test('lets a caller of HTTP in with SMI 0.6 only if it may open the TCP port', () => {
    const sources = specsOf('TrafficTarget', ir, smi, '0.6').map((spec) => spec['sources']);
    expect(JSON.stringify(sources)).not.toContain('web');
    expect(limitsOf(ir, smi)).toContain('access.identity: some callers are refused');
  });

  test.each([
    ['smi', smi, '0.5'],
    ['nginx-service-mesh', nginx, undefined],
  ] as const)('has a TrafficTarget for each port of the pods in %s', (_, target, version) => {
    const ports = specsOf('TrafficTarget', ir, target, version).map(
      ({ destination, rules }) =>
        `${String((destination as { port: number }).port)} ${(rules as readonly { kind: string }[]).map(({ kind }) => kind).join()}`,
    );
    expect(ports.toSorted()).toEqual(['5432 TCPRoute', '8080 HTTPRouteGroup', '8080 HTTPRouteGroup']);
  });

  test('lets nobody in on Traefik Mesh, which reads one kind of ports', () => {
    expect(specsOf('TrafficTarget', ir, traefikMesh)).toEqual([]);
    expect(limitsOf(ir, traefikMesh)).toContain('access.identity: some callers are refused');
  });
});

// A TrafficTarget of Traefik Mesh 1.4 opens the first port of a Service, whichever port its destination names.
test('no TrafficTarget of Traefik Mesh names a port, and each has what all ports grant', () => {
  const ports = document('Service', 'books', [
    'ports: {http: {port: 80}, admin: {port: 81, protocol: http}}',
  ]);
  const ir = linked(
    closed,
    caller('web'),
    caller('job'),
    ports,
    access(
      'books',
      'allow: {from: [{service: web}, {service: job}], to: [{ports: [http]}]}',
      'allow: {from: [{service: web}], to: [{ports: [admin]}]}',
    ),
  );
  const targets = specsOf('TrafficTarget', ir, traefikMesh);
  expect(targets.map(({ destination }) => destination)).toEqual([
    { kind: 'ServiceAccount', name: 'books', namespace: 'shop' },
  ]);
  expect(targets.map(({ sources }) => sources)).toEqual([
    [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
  ]);
  expect(limitsOf(ir, traefikMesh)).toContain('access.identity: some callers are refused');
});

// Open Service Mesh has a route for each match, in the order of a Go map, and refuses by the first that fits.
describe('matches that other accounts may call', () => {
  const mixed = linked(
    closed,
    caller('web'),
    caller('job'),
    books,
    access(
      'books',
      'allow: {from: [{service: web}]}',
      'allow: {from: [{service: job}], to: [{methods: [POST]}]}',
    ),
  );

  test('have no method in common', () => {
    const [group] = specsOf('HTTPRouteGroup', mixed, osm);
    const matches = group?.['matches'] as readonly { name: string; methods: readonly string[] }[];
    expect(matches.map(({ methods }) => methods).toSorted((one, other) => one.length - other.length)).toEqual(
      [['POST'], ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'PUT', 'TRACE']],
    );
    const callers = specsOf('TrafficTarget', mixed, osm).map(({ sources, rules }) => [
      (sources as readonly { name: string }[]).map(({ name }) => name),
      (rules as readonly { matches?: readonly string[] }[])[0]?.matches?.length,
    ]);
    expect(callers.toSorted((one, other) => Number(other[1]) - Number(one[1]))).toEqual([
      [['web'], 2],
      [['job'], 1],
    ]);
    expect(limitsOf(mixed, osm)).toEqual(['access.identity: some callers are refused']);
  });

  // Traefik has one router for each TrafficTarget, of which the first that fits decides.
  test('are in one TrafficTarget of Traefik Mesh with all accounts that may call them', () => {
    const callers = specsOf('TrafficTarget', mixed, traefikMesh).map(({ sources }) =>
      (sources as readonly { name: string }[]).map(({ name }) => name).toSorted(),
    );
    expect(callers.toSorted((one, other) => other.length - one.length)).toEqual([['job', 'web'], ['web']]);
  });

  test('are a loss if their paths may be the same', () => {
    const ir = linked(
      closed,
      caller('web'),
      caller('job'),
      books,
      access(
        'books',
        'allow: {from: [{service: web}]}',
        'allow: {from: [{service: job}], to: [{paths: [{prefix: /a}]}]}',
      ),
    );
    expect(limitsOf(ir, osm)).toEqual(['access.identity: some callers are refused']);
  });

  test('are no loss if the same accounts may call them, or they have other paths', () => {
    const ir = linked(
      closed,
      caller('web'),
      caller('job'),
      books,
      access(
        'books',
        'allow: {from: [{service: web}], to: [{paths: [{exact: /a}]}]}',
        'allow: {from: [{service: job}], to: [{paths: [{exact: /b}]}]}',
        'allow: {from: [{service: web}, {service: job}], to: [{paths: [{prefix: /c}]}]}',
      ),
    );
    const names = specsOf('HTTPRouteGroup', ir, osm).flatMap(({ matches }) => matches as readonly object[]);
    expect(names).toHaveLength(3);
  });
});

describe('conditions', () => {
  const guarded = linked(
    closed,
    caller('web'),
    books,
    access('books', 'allow: {from: [{service: web}], to: [{paths: [{prefix: /ok}]}]}'),
  );

  // Traefik reads a pattern as the beginning of a path: /ok would admit /okay.
  test('on paths are not written for Traefik Mesh, which refuses such calls', () => {
    expect(specsOf('TrafficTarget', guarded, traefikMesh)).toEqual([]);
    expect(limitsOf(guarded, traefikMesh)).toEqual(['access.http: such calls are refused']);
    expect(specsOf('HTTPRouteGroup', guarded, osm)).toHaveLength(1);
  });

  // Envoy takes patterns of 100 instructions by default, and refuses all routes of a port because of a larger one.
  test('on long paths are not written for Open Service Mesh, which refuses such calls', () => {
    const rule = `allow: {from: [{service: web}], to: [{paths: [{prefix: /${'a'.repeat(150)}}]}]}`;
    const ir = linked(closed, caller('web'), books, access('books', rule));
    expect(specsOf('HTTPRouteGroup', ir, osm)).toEqual([]);
    expect(limitsOf(ir, osm)).toEqual(['access.http: such calls are refused']);
    expect(specsOf('HTTPRouteGroup', ir, smi, '0.6')).toHaveLength(1);
  });

  test('on headers of access are written for Open Service Mesh alone, which compares whole values', () => {
    const ir = linked(
      closed,
      caller('web'),
      books,
      access('books', 'allow: {from: [{service: web}], to: [{headers: {x-key: {exact: a.b}}}]}'),
    );
    expect(specsOf('HTTPRouteGroup', ir, osm)).toMatchObject([
      { matches: [{ headers: [{ 'x-key': '^a\\.b$' }] }] },
    ]);
    for (const other of [smi, traefikMesh, nginx]) expect(specsOf('TrafficTarget', ir, other)).toEqual([]);
  });

  test('of a split are written where a TrafficSplit has them, and no split is written elsewhere', () => {
    const ir = linked(
      mesh('access: allow'),
      versioned,
      document('Route', 'books', [
        'service: books',
        'rules:',
        '  - {match: [{path: {prefix: /new}}], backends: [{version: v2}]}',
        '  - {}',
      ]),
    );
    expect(specsOf('TrafficSplit', ir, nginx)).toMatchObject([{ matches: [{ kind: 'HTTPRouteGroup' }] }]);
    for (const other of [osm, traefikMesh]) {
      expect(specsOf('TrafficSplit', ir, other)).toEqual([]);
      expect(limitsOf(ir, other)).toContain(`settings.no-retries: ${elsewhere}`);
    }
  });
});

test('identities have the form of each mesh', () => {
  const account = { trustDomain: 'shop.example', namespace: 'shop', serviceAccount: 'web' };
  expect(osm.identity(account)).toBe('web.shop.shop.example');
  for (const other of [smi, traefikMesh, nginx])
    expect(other.identity(account)).toBe('spiffe://shop.example/ns/shop/sa/web');
});
