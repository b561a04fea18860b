import { describe, expect, it } from 'vitest';
import { link } from '../../../src/core/ir/link/link.ts';
import { document, linked, mesh, spec } from './linked.ts';

const ports = 'ports: {http: {port: 80}}';

describe('access', () => {
  const access = (name: string, ...lines: readonly string[]) => document('Access', name, lines);

  it('closes a service if the posture is deny, whatever the documents say', () => {
    const ir = linked(
      document('Service', 'a', [ports]),
      access('x', 'service: a', 'rules: [{deny: {from: [{namespace: ops}]}}]'),
    );
    expect(ir.services['shop/a']?.access).toMatchObject({
      closed: true,
      allow: [],
      deny: [{ from: [{ type: 'namespace', namespace: 'ops', trustDomain: 'shop.example' }] }],
    });
  });

  it.each([
    ['no Access', [], false],
    ['an allow', ['rules: [{allow: {from: [{anyone: true}]}}]'], true],
    ['only a deny', ['rules: [{deny: {from: [{namespace: ops}]}}]'], false],
    ['no rules', [], true],
    ['an empty list', ['rules: []'], true],
  ])('under the posture allow: %s', (title, lines, closed) => {
    const documents = title === 'no Access' ? [] : [access('x', 'service: a', ...lines)];
    const ir = linked(mesh('access: allow'), document('Service', 'a', [ports]), ...documents);
    expect(ir.services['shop/a']?.access.closed).toBe(closed);
  });

  it('combines documents for a service and for its namespace, in order of their names', () => {
    const ir = linked(
      document('Service', 'a', [ports]),
      document('Service', 'b', [ports], 'ops'),
      access('z', 'service: a', 'rules: [{allow: {from: [a]}}]'),
      access('b', 'service: "*"', 'rules: [{allow: {from: [ops/b]}}]'),
    );
    expect(ir.services['shop/a']?.access.allow.map(({ from }) => from)).toEqual([
      [{ type: 'spiffe', id: 'spiffe://shop.example/ns/ops/sa/b' }],
      [{ type: 'spiffe', id: 'spiffe://shop.example/ns/shop/sa/a' }],
    ]);
    expect(ir.services['ops/b']?.access.allow).toEqual([]);
  });

  it('resolves every form of a caller', () => {
    const ir = linked(
      document('Service', 'a', [ports, 'workload: {serviceAccount: robot}']),
      document('Gateway', 'public', ['listeners: {web: {port: 1, protocol: http}}']),
      access(
        'x',
        'service: a',
        'rules:',
        '  - allow:',
        '      from:',
        '        - a',
        '        - {service: shop/a}',
        '        - {gateway: public}',
        '        - {serviceAccount: ops/x}',
        '        - {serviceAccount: y}',
        '        - {authenticated: true}',
        '        - {anyone: true}',
      ),
    );
    expect(ir.services['shop/a']?.access.allow[0]?.from).toEqual([
      { type: 'spiffe', id: 'spiffe://shop.example/ns/shop/sa/robot' },
      { type: 'spiffe', id: 'spiffe://shop.example/ns/shop/sa/robot' },
      { type: 'spiffe', id: 'spiffe://shop.example/ns/shop/sa/public' },
      { type: 'spiffe', id: 'spiffe://shop.example/ns/ops/sa/x' },
      { type: 'spiffe', id: 'spiffe://shop.example/ns/shop/sa/y' },
      { type: 'authenticated' },
      { type: 'anyone' },
    ]);
  });

  it('leaves a gateway without an allow open, and names the `iss` of issuers', () => {
    const ir = linked(
      document('Gateway', 'public', ['listeners: {web: {port: 1, protocol: http}}']),
      document('Gateway', 'staff', ['listeners: {web: {port: 1, protocol: http}}']),
      document('Authentication', 'x', [
        'gateways: [staff]',
        'issuers: {corp: {issuer: "https://corp.example", jwks: {inline: {keys: []}}}}',
      ]),
      access(
        'p',
        'gateway: public',
        'rules: [{deny: {to: [{paths: [{prefix: /admin/}], hosts: ["*.example"]}]}}]',
      ),
      access(
        's',
        'gateway: staff',
        'rules: [{allow: {from: [{anyone: true}], when: [{jwt: {issuer: corp, claims: {realm: {role: [admin, 1]}}}}]}}]',
      ),
    );
    expect(ir.gateways['shop/public']?.access).toMatchObject({
      closed: false,
      deny: [{ to: [{ paths: [{ type: 'prefix', value: '/admin' }] }] }],
    });
    expect(ir.gateways['shop/staff']?.access).toMatchObject({
      closed: true,
      allow: [
        {
          when: [
            { issuer: 'https://corp.example', claims: [{ path: ['realm', 'role'], values: ['admin', '1'] }] },
          ],
        },
      ],
    });
  });

  it('leaves out a rule whose callers do not exist, instead of widening it', () => {
    const { ir, diagnostics } = link(
      spec(
        document('Service', 'a', [ports]),
        access(
          'x',
          'service: a',
          'rules: [{allow: {from: [nobody]}}, {allow: {from: [a], to: [{ports: [grpc]}]}}]',
        ),
      ),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['MESH2000', 'MESH2010']);
    expect(ir?.services['shop/a']?.access).toMatchObject({ closed: true, allow: [] });
  });
});

describe('findings of one cause', () => {
  const access = (name: string, rules: string) =>
    document('Access', name, ['service: a', `rules: [${rules}]`]);

  it('an unknown name is one finding, with the other places and a fix for all of them', () => {
    const { diagnostics } = link(
      spec(
        document('Service', 'a', [ports, 'calls: [revews, other]']),
        document('Service', 'reviews', [ports]),
        document('Route', 'r', ['service: a', 'rules: [{backends: [{service: shop/revews}]}]']),
        access('x', '{allow: {from: [revews]}}, {deny: {from: [revews]}}'),
      ),
    );
    expect(diagnostics.map(({ code, message, related }) => [code, message, related.length])).toEqual([
      ['MESH2000', 'no Service or External is called shop/revews; did you mean reviews? (in 4 places)', 3],
      ['MESH2000', 'no Service or External is called shop/other', 0],
    ]);
    const [{ location, related, fix } = { related: [] }] = diagnostics;
    expect(new Set(related.map(({ message }) => message))).toEqual(new Set(['here, too']));
    const places = [location, ...related.map((other) => other.location)];
    expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(4);
    expect(fix?.edits.map((edit) => edit.location)).toEqual(places);
    expect(fix?.edits.map(({ text }) => text).sort()).toEqual([
      'reviews',
      'reviews',
      'reviews',
      'shop/reviews',
    ]);
  });

  it('an unknown port is one finding, and another unknown port another', () => {
    const { diagnostics } = link(
      spec(
        document('Service', 'a', [ports]),
        access(
          'x',
          '{allow: {from: [a], to: [{ports: [grpc]}]}}, {deny: {to: [{ports: [grpc]}, {ports: [grpc, admin]}]}}',
        ),
      ),
    );
    expect(diagnostics.map(({ code, message, related }) => [code, message, related.length])).toEqual([
      ['MESH2010', 'Service shop/a has no port grpc (it has http) (in 3 places)', 2],
      ['MESH2010', 'Service shop/a has no port admin (it has http)', 0],
    ]);
  });

  it('a port without addresses is one finding for all instances of a service', () => {
    const endpoint = (machine: number): string =>
      `{app: {http: "10.0.0.${String(machine)}:80"}, outbound: "10.0.0.${String(machine)}:15001", admin: "10.0.0.${String(machine)}:15000"}`;
    const service = (name: string, first: number) =>
      document('Service', name, [
        'ports: {http: {port: 80}, grpc: {port: 90, protocol: grpc}}',
        `endpoints: {default: [${endpoint(first)}, ${endpoint(first + 1)}]}`,
      ]);
    const { diagnostics } = link(spec(service('a', 1), service('b', 3)));
    const missing = diagnostics.filter(({ code }) => code === 'MESH2021');
    expect(missing.map(({ message, related }) => [message, related.length])).toEqual([
      ['the port grpc has no address in `app` (in 2 places)', 1],
      ['the port grpc has no address in `app` (in 2 places)', 1],
    ]);
  });
});

describe('authentication', () => {
  it('combines documents and adds defaults', () => {
    const ir = linked(
      document('Service', 'a', [ports]),
      document('Service', 'authz', ['ports: {grpc: {port: 9000}}']),
      document('Authentication', 'one', [
        'services: [a]',
        'issuers: {b: {issuer: bb, jwks: {uri: "https://a.example/keys"}, from: [{cookie: sid}, {header: X-T}]}}',
      ]),
      document('Authentication', 'two', [
        'services: [a]',
        'required: true',
        'issuers: {a: {issuer: aa, jwks: {inline: {keys: []}}, claimHeaders: {X-Sub: sub}}}',
        'externalAuthorization: {service: authz, maxBody: 64KiB}',
      ]),
    );
    expect(ir.services['shop/a']?.authentication).toMatchObject({
      required: true,
      issuers: [
        {
          name: 'a',
          issuer: 'aa',
          audiences: [],
          forward: true,
          from: [{ type: 'header', name: 'authorization', prefix: 'Bearer' }],
          claimHeaders: [{ header: 'x-sub', claim: 'sub' }],
          jwks: { type: 'inline', text: '{"keys":[]}' },
        },
        {
          name: 'b',
          from: [
            { type: 'cookie', name: 'sid' },
            { type: 'header', name: 'x-t', prefix: '' },
          ],
          jwks: { type: 'uri' },
        },
      ],
      externalAuthorization: {
        service: 'shop/authz',
        port: 'grpc',
        protocol: 'grpc',
        timeout: 1_000,
        onError: 'deny',
        includeHeaders: [],
        maxBody: 65_536,
      },
    });
    expect(ir.services['shop/authz']?.authentication).toBeUndefined();
  });
});

describe('endpoints', () => {
  it('in short form have the proxy at 15006 there, and at 15001 and 15000 on loopback', () => {
    const ir = linked(
      document('Service', 'a', [ports, 'endpoints: {default: ["10.0.0.7:9080", "[2001:db8::7]:9080"]}']),
    );
    const [first, second] = ir.services['shop/a']!.versions[0]!.instances!;
    expect(first).toMatchObject({
      id: 'shop-a-default-0',
      app: { http: { host: '10.0.0.7', port: 9080 } },
      inbound: { http: { host: '10.0.0.7', port: 15006 } },
      outbound: { host: '127.0.0.1', port: 15001 },
      admin: { host: '127.0.0.1', port: 15000 },
      outboundTcp: {},
    });
    expect(second).toMatchObject({
      id: 'shop-a-default-1',
      inbound: { http: { host: '2001:db8::7', port: 15006 } },
    });
  });

  it('are empty for a version that lists none, and absent if none are declared', () => {
    const ir = linked(
      document('Service', 'a', [ports, 'versions: {v1: {}, v2: {}}', 'endpoints: {v1: ["10.0.0.7:80"]}']),
      document('Service', 'b', [ports]),
    );
    expect(ir.services['shop/a']?.versions.map(({ instances }) => instances?.length)).toEqual([1, 0]);
    expect(ir.services['shop/b']?.versions).toMatchObject([{ name: 'default', labels: {} }]);
    expect(ir.services['shop/b']?.versions[0]).not.toHaveProperty('instances');
  });

  it('with a name keep their id if others before them are removed', () => {
    const ids = (endpoints: string): readonly string[] =>
      linked(document('Service', 'a', [ports, `endpoints: {default: [${endpoints}]}`])).services[
        'shop/a'
      ]!.versions[0]!.instances!.map(({ id }) => id);
    const b = '{name: b, app: "10.0.0.8:80"}';
    expect(ids(`"10.0.0.7:80", ${b}`)).toEqual(['shop-a-default-0', 'shop-a-default-b']);
    expect(ids(b)).toEqual(['shop-a-default-b']);
  });

  it('give every proxy its own id, a DNS label', () => {
    const long = 'x'.repeat(60);
    const one = (namespace: string, name: string, host: string) =>
      document('Service', name, [ports, `endpoints: {default: ["${host}:80"]}`], namespace);
    const ir = linked(one('a-b', 'c', '10.0.0.1'), one('a', 'b-c', '10.0.0.2'), one('a', long, '10.0.0.3'));
    const ids = Object.values(ir.services).flatMap(({ versions }) =>
      versions.flatMap(({ instances }) => instances!.map(({ id }) => id)),
    );
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
  });

  it('are in the only cluster of the service', () => {
    const ir = linked(
      mesh('clusters: {eu: {}, us: {}}'),
      document('Service', 'a', [ports, 'clusters: [eu]', 'endpoints: {default: ["10.0.0.7:80"]}']),
      document('Service', 'b', [ports, 'endpoints: {default: ["10.0.0.8:80"]}']),
    );
    expect(ir.services['shop/a']?.versions[0]?.instances?.[0]?.cluster).toBe('eu');
    expect(ir.services['shop/b']?.versions[0]?.instances?.[0]).not.toHaveProperty('cluster');
    expect(ir.services['shop/b']?.clusters).toEqual(['eu', 'us']);
  });

  it('resolve the keys of `tcp`', () => {
    const ir = linked(
      document('Service', 'db', ['ports: {mysql: {port: 3306}}']),
      document('Service', 'a', ['endpoints: {default: [{tcp: {"db:mysql": "127.0.0.1:3306"}}]}']),
    );
    expect(ir.services['shop/a']?.versions[0]?.instances?.[0]?.outboundTcp).toEqual({
      'shop/db:mysql': { host: '127.0.0.1', port: 3306 },
    });
  });
});

describe('the other parts of a mesh', () => {
  it('get the defaults of the language page', () => {
    const ir = linked(
      mesh(
        'targets: {vms: {platform: envoy, output: {path: out/vms, seenAs: /etc/mesh}}, k: {platform: istio, output: {kubernetes: {context: eu}}}}',
      ),
      document('Service', 'a', [ports, 'exposeTo: [ops]']),
      document('Gateway', 'public', [
        'listeners: {web: {port: 443, protocol: https, tls: {certificate: {secret: x}, clientCertificates: {ca: {secret: y}}}}}',
      ]),
    );
    expect(ir).toMatchObject({
      egress: 'deny',
      unknownHostTimeout: 15_000,
      trustDomain: 'shop.example',
      environment: 'default',
    });
    expect(ir.services['shop/a']).toMatchObject({
      mtls: 'strict',
      exposeTo: ['ops', 'shop'],
      workload: { labels: { app: 'a' } },
    });
    expect(ir.certificates).toEqual({
      root: { lifetime: 3650 * 86_400_000, keys: 'file' },
      issuer: { lifetime: 90 * 86_400_000, keys: 'file' },
      workload: {},
      keyAlgorithm: 'ecdsa-p256',
      recipients: { root: [], issuer: [] },
      delegate: 'none',
      federation: [],
    });
    expect(ir.targets).toMatchObject({
      vms: {
        output: { type: 'directory', path: 'out/vms', seenAs: '/etc/mesh' },
        degrade: [],
        options: {},
        delivery: { requirePlan: false, branches: [] },
      },
      k: { output: { type: 'kubernetes', context: 'eu', stateNamespace: 'mesh-system' } },
    });
    expect(ir.gateways['shop/public']?.listeners[0]).toMatchObject({
      hostnames: ['*'],
      httpsRedirect: false,
      tls: { minVersion: '1.2', clientCertificates: { required: true, ca: { type: 'secret', name: 'y' } } },
    });
    expect(ir.telemetry).toEqual({ metricLabels: [] });
  });

  it('include Externals: hosts, TLS towards the host, callers, an egress gateway', () => {
    const ir = linked(
      document('Service', 'a', [ports]),
      document('Gateway', 'out', ['type: egress']),
      document('External', 'bank', [
        'hosts: [bank.example]',
        'ports: {http: {port: 443}, tls: {port: 8443}}',
        'from: [a]',
        'gateway: out',
        'timeout: 3s',
      ]),
      document('External', 'mail', ['hosts: [mail.example]', 'ports: {http: {port: 443}}', 'tls: {}']),
    );
    expect(ir.externals['shop/bank']).toMatchObject({
      gateway: 'shop/out',
      settings: { timeout: 3_000 },
      from: [{ type: 'spiffe', id: 'spiffe://shop.example/ns/shop/sa/a' }],
      ports: [
        { name: 'http', applicationTls: false, route: { implicit: true } },
        { name: 'tls', applicationTls: true, http: false },
      ],
    });
    expect(ir.externals['shop/mail']?.tls).toMatchObject({
      sni: 'mail.example',
      subjectAltNames: ['mail.example'],
    });
  });

  it('include telemetry and the rate limiter, linked to a service and its port', () => {
    const ir = linked(
      mesh(
        'telemetry: {metrics: {labels: {b: "1", a: "2"}}, accessLog: {}, tracing: {otlp: {service: infra/otel}}}',
        'rateLimiter: {service: infra/otel}',
      ),
      document('Service', 'otel', ['ports: {grpc: {port: 1}}'], 'infra'),
    );
    expect(ir.telemetry).toMatchObject({
      metricLabels: [{ name: 'a' }, { name: 'b' }],
      accessLog: { format: 'json', output: { type: 'stdout' } },
      tracing: { sampling: 1, otlp: { service: 'infra/otel', port: 'grpc' }, tags: [] },
    });
    expect(ir.rateLimiter).toMatchObject({ service: 'infra/otel', port: 'grpc' });
  });
});
