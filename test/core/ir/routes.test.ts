import { describe, expect, it } from 'vitest';
import { document, findings, linked, mesh } from './linked.ts';

const two = 'ports: {http: {port: 80}, admin: {port: 81, protocol: http}, mysql: {port: 3306}}';

describe('routes inside the mesh', () => {
  it('are implicit if there is no Route: one rule, all versions alike', () => {
    const ir = linked(document('Service', 'a', [two, 'timeout: 2s']));
    for (const port of ir.services['shop/a']!.ports) {
      expect(port.route.implicit).toBe(true);
      expect(port.route.rules).toMatchObject([
        {
          matches: [],
          action: {
            type: 'forward',
            backends: [{ service: 'shop/a', port: port.name, weight: 1 }],
            timeout: port.http ? 2_000 : 0,
          },
        },
      ]);
      expect(port.route.rules[0]?.action).not.toHaveProperty('backends.0.version');
    }
  });

  it('apply by default to the HTTP ports, or to all ports if there is none', () => {
    const ir = linked(
      document('Service', 'a', [two]),
      document('Service', 'db', ['ports: {mysql: {port: 3306}, mongo: {port: 27017}}']),
      document('Route', 'a', ['service: a', 'rules: [{backends: [{}]}]']),
      document('Route', 'db', ['service: db', 'rules: [{backends: [{}]}]']),
    );
    const implicit = (id: string) => ir.services[id]?.ports.map(({ name, route }) => [name, route.implicit]);
    expect(implicit('shop/a')).toEqual([
      ['http', false],
      ['admin', false],
      ['mysql', true],
    ]);
    expect(implicit('shop/db')).toEqual([
      ['mysql', false],
      ['mongo', false],
    ]);
  });

  it('forward to the backend port with the name of the port that the request came to', () => {
    const ir = linked(
      document('Service', 'a', [two]),
      document('Service', 'b', ['ports: {http: {port: 8080}, admin: {port: 8081, protocol: http2}}']),
      document('Route', 'a', ['service: a', 'rules: [{backends: [{service: b}]}]']),
    );
    const backends = ir.services['shop/a']?.ports.slice(0, 2).map(({ route }) => route.rules[0]?.action);
    expect(backends).toMatchObject([{ backends: [{ port: 'http' }] }, { backends: [{ port: 'admin' }] }]);
  });

  it('keep a match on `port` only at that port', () => {
    const ir = linked(
      document('Service', 'a', [two]),
      document('Route', 'a', [
        'service: a',
        'rules:',
        '  - {match: [{port: admin, path: {prefix: /}}], respond: {status: 403}}',
        '  - backends: [{}]',
      ]),
    );
    const rules = ir.services['shop/a']?.ports.slice(0, 2).map(({ route }) => route.rules.length);
    expect(rules).toEqual([1, 2]);
    expect(ir.services['shop/a']?.ports[1]?.route.rules[0]?.matches[0]?.port).toBe(81);
  });

  it('turn gRPC methods into paths', () => {
    const match = (grpc: string) =>
      linked(
        document('Service', 'a', ['ports: {grpc: {port: 80}}']),
        document('Route', 'a', [
          'service: a',
          'rules:',
          `  - {match: [{grpc: ${grpc}}], backends: [{}]}`,
          '  - backends: [{}]',
        ]),
      ).services['shop/a']?.ports[0]?.route.rules[0]?.matches[0]?.path;
    expect(match('{service: a.B, method: C}')).toEqual({ type: 'exact', value: '/a.B/C' });
    expect(match('{service: a.B}')).toEqual({ type: 'prefix', value: '/a.B' });
    expect(match('{method: C}')).toEqual({ type: 'regex', value: '/[^/]+/C' });
  });

  it('store prefixes without their trailing slash, and header names and `not` in the form of the IR', () => {
    const ir = linked(
      document('Service', 'a', [two]),
      document('Route', 'a', [
        'service: a',
        'rules:',
        '  - {match: [{path: {prefix: /}, headers: {X-A: {present: true, not: {exact: b}}}}], backends: [{}]}',
        '  - {match: [{path: {prefix: /a/}, headers: {X-B: {not: {present: true}}}}], backends: [{}]}',
        '  - backends: [{}]',
      ]),
    );
    const [first, second] = ir.services['shop/a']!.ports[0]!.route.rules;
    expect(first?.matches[0]).toMatchObject({
      path: { type: 'prefix', value: '' },
      headers: [
        { name: 'x-a', match: { type: 'present', value: true }, negated: false },
        { name: 'x-a', match: { type: 'exact', value: 'b' }, negated: true },
      ],
    });
    expect(second?.matches[0]).toMatchObject({
      path: { value: '/a' },
      headers: [{ name: 'x-b', match: { type: 'present', value: false }, negated: false }],
    });
  });

  it('add defaults for percentages, statuses and bursts', () => {
    const ir = linked(
      document('Service', 'a', [two, 'versions: {v1: {}, v2: {}}']),
      document('Route', 'a', [
        'service: a',
        'rules:',
        '  - match: [{path: {exact: /go}}]',
        '    redirect: {scheme: https}',
        '  - backends: [{version: v1}, {version: v2, weight: 3}]',
        '    mirror: [{version: v2}]',
        '    fault: {delay: {duration: 2s}, abort: {grpcStatus: UNAVAILABLE, percent: 0.1%}}',
        '    rateLimit: {requests: 10, per: 1s, key: {header: X-User}}',
        '    cors: {allowOrigins: ["*"], maxAge: 1h}',
      ]),
    );
    const [redirect, rule] = ir.services['shop/a']!.ports[0]!.route.rules;
    expect(redirect?.action).toMatchObject({ type: 'redirect', status: 302 });
    expect(rule).toMatchObject({
      action: {
        backends: [
          { version: 'v1', weight: 1 },
          { version: 'v2', weight: 3 },
        ],
        mirrors: [{ version: 'v2', percent: 100 }],
        fault: { delay: { duration: 2_000, percent: 100 }, abort: { grpcStatus: 14, percent: 0.1 } },
        rateLimit: { requests: 10, per: 1_000, burst: 0, keyHeader: 'x-user' },
      },
      cors: { allowMethods: [], maxAge: 3_600 },
    });
  });
});

describe('virtual hosts of gateways', () => {
  const service = document('Service', 'a', ['ports: {http: {port: 80}}']);
  const hosts = (listener: string, ...routes: readonly string[]) =>
    linked(
      service,
      document('Gateway', 'public', [
        `listeners: {web: {port: 8080, protocol: http, hostnames: ${listener}}}`,
      ]),
      ...routes.map((hostnames, index) =>
        document('Route', `r${String(index)}`, [
          'gateways: [public]',
          `hostnames: ${hostnames}`,
          `priority: ${String(-index)}`,
          'rules: [{backends: [{service: a}]}]',
        ]),
      ),
    ).gateways['shop/public']!.listeners[0]!.virtualHosts.map(({ hostname, route }) => [
      hostname,
      route.name,
    ]);

  it('are the hostnames that listener and Route share, most specific first', () => {
    expect(hosts('["*.example", b.test]', '["*.a.example", x.example, b.test]', '["*.example"]')).toEqual([
      ['b.test', 'r0'],
      ['x.example', 'r0'],
      ['*.a.example', 'r0'],
      ['*.example', 'r1'],
    ]);
  });

  it('restrict a wider Route to the listener', () => {
    expect(hosts('[api.shop.example, "*.lab.example"]', '["*.example"]')).toEqual([
      ['api.shop.example', 'r0'],
      ['*.lab.example', 'r0'],
    ]);
  });

  it('let one hostname decide alone, its Routes by priority, highest first', () => {
    const ir = linked(
      service,
      document('Gateway', 'public', ['listeners: {web: {port: 8080, protocol: http}}']),
      document('Route', 'low', ['gateways: [public]', 'rules: [{backends: [{service: a}]}]']),
      document('Route', 'high', [
        'gateways: [public]',
        'priority: 7',
        'rules: [{match: [{path: {exact: /x}}], respond: {status: 204}}]',
      ]),
      document('Route', 'own', [
        'gateways: [public]',
        'hostnames: [own.example]',
        'rules: [{backends: [{service: a}]}]',
      ]),
    );
    const [own, rest] = ir.gateways['shop/public']!.listeners[0]!.virtualHosts;
    expect(own).toMatchObject({ hostname: 'own.example', route: { name: 'own' } });
    expect(own?.route.rules).toHaveLength(1);
    expect(rest).toMatchObject({ hostname: '*', route: { name: 'high+low' } });
    expect(rest?.route.rules.map(({ action }) => action.type)).toEqual(['respond', 'forward']);
  });

  it('keep HTTP Routes away from tls listeners, and TLS Routes from others', () => {
    const ir = linked(
      service,
      document('Service', 'db', ['ports: {tls: {port: 5432}}']),
      document('Gateway', 'public', [
        'listeners: {web: {port: 8080, protocol: http}, raw: {port: 8443, protocol: tls}}',
      ]),
      document('Route', 'web', ['gateways: [public]', 'rules: [{backends: [{service: a}]}]']),
      document('Route', 'db', ['gateways: [public]', 'rules: [{backends: [{service: db}]}]']),
    );
    const names = ir.gateways['shop/public']!.listeners.map(({ name, virtualHosts }) => [
      name,
      virtualHosts.map(({ route }) => route.name),
    ]);
    expect(names).toEqual([
      ['raw', ['db']],
      ['web', ['web']],
    ]);
  });
});

describe('two Routes of one priority', () => {
  const at = (name: string, match: string) =>
    document('Route', name, ['gateways: [public]', `rules: [{match: [${match}], backends: [{service: a}]}]`]);
  const codes = (one: string, other: string) =>
    findings(
      mesh(),
      document('Service', 'a', ['ports: {http: {port: 80}}']),
      document('Gateway', 'public', ['listeners: {web: {port: 8080, protocol: http}}']),
      at('one', one),
      at('two', other),
    ).map((finding) => finding.split(' ')[0]);

  it.each([
    ['{path: {prefix: /a}}', '{path: {exact: /a/b}}'],
    ['{path: {prefix: /a}}', '{path: {prefix: /}}'],
    ['{methods: [GET, POST]}', '{methods: [POST]}'],
    // A repeated header can have both values.
    ['{headers: {x: {exact: a}}}', '{headers: {x: {exact: b}}}'],
    ['{headers: {x: {exact: a}}}', '{query: {x: {exact: b}}}'],
    ['{path: {regex: "/a+"}}', '{path: {exact: /aa}}'],
    ['{query: {x: {prefix: a}}}', '{query: {x: {suffix: b}}}'],
    ['{from: [{namespace: shop}]}', '{from: [a]}'],
  ])('%s and %s can match one request', (one, other) => {
    expect(codes(one, other)).toEqual(['MESH2080']);
  });

  it.each([
    ['{path: {prefix: /a}}', '{path: {prefix: /ab}}'],
    ['{path: {exact: /a}}', '{path: {exact: /a/}}'],
    ['{methods: [GET]}', '{methods: [POST]}'],
    ['{headers: {x: {present: true}}}', '{headers: {x: {present: false}}}'],
    ['{headers: {x: {exact: a}}}', '{headers: {x: {not: {exact: a}}}}'],
    ['{headers: {host: {exact: a}}}', '{headers: {host: {exact: b}}}'],
    ['{query: {x: {exact: a}}}', '{query: {x: {exact: b}}}'],
    ['{query: {x: {prefix: a}}}', '{query: {x: {prefix: b}}}'],
    ['{path: {regex: "/a+"}}', '{path: {exact: /b}}'],
    ['{from: [{namespace: ops}]}', '{from: [a]}'],
    ['{path: {prefix: /x}, methods: [GET]}', '{path: {prefix: /x}, methods: [PUT]}'],
  ])('%s and %s exclude each other', (one, other) => {
    expect(codes(one, other)).toEqual([]);
  });

  it('cause a warning if it can not be decided', () => {
    expect(codes('{path: {regex: "/a+"}}', '{path: {regex: "/a*"}}')).toEqual(['MESH2081']);
  });
});
