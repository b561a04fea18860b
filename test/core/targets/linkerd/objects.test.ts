import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import linkerd from '../../../../src/core/targets/linkerd/index.ts';
import { duration } from '../../../../src/core/targets/linkerd/outbound/duration.ts';
import { document, linked, mesh } from '../../ir/linked.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

function written(ir: Ir, options: Readonly<Record<string, unknown>> = {}): readonly Manifest[] {
  return linkerd
    .lower(ir, { version: '2.20', options })
    .map((artifact) => (artifact as unknown as { readonly manifest: Manifest }).manifest);
}

function ofKind(all: readonly Manifest[], kind: string): readonly Manifest[] {
  return all.filter((one) => one.kind === kind);
}

function limitsOf(ir: Ir): readonly (readonly [string, string])[] {
  const limits = linkerd.limits?.(ir, { version: '2.20', options: {} }) ?? [];
  return limits.map(({ feature, callers }) => [feature, callers]);
}

const open = mesh('access: allow');
const service = (...lines: readonly string[]): string =>
  document('Service', 'a', ['ports: {http: {port: 80, targetPort: 8080}}', ...lines]);
const caller = document('Service', 'b', ['versions: {v1: {}}']);
const access = (rules: string): string => document('Access', 'a', ['service: a', `rules: ${rules}`]);

// parse_duration of the policy controller: a whole number and one unit.
test.each([
  [90_000, '90s'],
  [1500, '1500ms'],
  [60_000, '1m'],
  [7_200_000, '2h'],
  [0.4, '1ms'],
])('%s milliseconds are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

describe('routes', () => {
  test('rules of other times are objects of their own, in the order of the rules', () => {
    const route = document('Route', 'a', [
      'service: a',
      'rules:',
      '  - {match: [{path: {prefix: /fast}}], timeout: 1s}',
      '  - {match: [{path: {prefix: /slow}}], timeout: 90s}',
      '  - {match: [{path: {prefix: /other}}], timeout: 1s}',
    ]);
    const routes = ofKind(written(linked(open, service(), route)), 'HTTPRoute');
    expect(
      routes.map(({ metadata }) => [metadata.name, metadata.annotations['timeout.linkerd.io/request']]),
    ).toEqual([
      ['a.http', '1s'],
      ['a.http.part002', '90s'],
      ['a.http.part003', '1s'],
    ]);
  });

  test('retries are annotations, by what Linkerd knows of their conditions', () => {
    const retries = 'retries: {attempts: 2, perTryTimeout: 500ms, on: [connect-failure, gateway-error, 429]}';
    const [first] = ofKind(written(linked(open, service(retries, 'timeout: 3s'))), 'HTTPRoute');
    expect(first?.metadata.annotations).toMatchObject({
      'retry.linkerd.io/http': 'gateway-error,429',
      'retry.linkerd.io/limit': '2',
      'retry.linkerd.io/timeout': '500ms',
      'timeout.linkerd.io/request': '3s',
    });
    expect(JSON.stringify(first?.spec)).not.toContain('"retry"');
  });

  test('a number of retries without a condition is not written: it would retry what nobody asked for', () => {
    const only = 'retries: {attempts: 2, on: [connect-failure]}';
    expect(JSON.stringify(written(linked(open, service(only))))).not.toContain('retry.linkerd.io');
  });

  test('a gRPC port has a GRPCRoute with retries by gRPC status', () => {
    const grpc = document('Service', 'a', [
      'ports: {grpc: {port: 80}}',
      'retries: {attempts: 1, on: [unavailable]}',
    ]);
    const [route] = ofKind(written(linked(open, grpc)), 'GRPCRoute');
    expect(route?.metadata.annotations).toMatchObject({ 'retry.linkerd.io/grpc': 'unavailable' });
  });

  // Without a backend Linkerd sends to the Service that was dialled.
  test('a rule that sends nowhere names a Service that no cluster has', () => {
    const route = document('Route', 'a', [
      'service: a',
      'rules: [{match: [{path: {prefix: /closed}}], respond: {status: 403}}, {match: [{path: {prefix: /moved}}], redirect: {path: /new}}, {backends: [{service: a, weight: 0}, {service: a, weight: 0}]}]',
    ]);
    const routes = ofKind(written(linked(open, service('timeout: 0s'), route)), 'HTTPRoute');
    const rules = routes.flatMap(({ spec }) => spec['rules'] as readonly { backendRefs: unknown }[]);
    expect(rules.map(({ backendRefs }) => backendRefs)).toEqual(
      Array.from({ length: 3 }, () => [
        { group: '', kind: 'Service', name: 'nowhere.invalid', namespace: 'shop', port: 1, weight: 1 },
      ]),
    );
    expect(JSON.stringify(routes)).not.toContain('RequestRedirect');
  });

  test('session persistence is never written', () => {
    const sticky = service('loadBalancing: {affinity: {cookie: {name: user, ttl: 1h}}}');
    expect(JSON.stringify(written(linked(open, sticky)))).not.toContain('ersistence');
  });
});

describe('access', () => {
  test('a port has a Server by the port of its pods; anybody with an identity may call one that is open', () => {
    const [server] = ofKind(written(linked(open, service())), 'Server');
    expect(server?.spec).toEqual({
      accessPolicy: 'all-authenticated',
      podSelector: { matchLabels: { app: 'a' } },
      port: 8080,
      proxyProtocol: 'HTTP/1',
    });
    const permissive = ofKind(written(linked(open, service('mtls: permissive'))), 'Server');
    expect(permissive.map(({ spec }) => spec['accessPolicy'])).toEqual(['all-unauthenticated']);
  });

  test('a port that nobody may call has a Server alone: an empty list of authentications lets everybody in', () => {
    const all = written(linked(mesh(), service(), caller));
    expect(ofKind(all, 'Server').map(({ spec }) => spec['accessPolicy'])).toEqual(['deny']);
    expect(ofKind(all, 'AuthorizationPolicy')).toEqual([]);
  });

  test('callers alone are let in at the Server', () => {
    const all = written(
      linked(mesh(), service(), caller, access('[{allow: {from: [b, {namespace: ops}]}}]')),
    );
    expect(ofKind(all, 'MeshTLSAuthentication').map(({ spec }) => spec)).toEqual([
      {
        identityRefs: [
          { kind: 'Namespace', name: 'ops' },
          { kind: 'ServiceAccount', name: 'b', namespace: 'shop' },
        ],
      },
    ]);
    expect(ofKind(all, 'AuthorizationPolicy').map(({ spec }) => spec['targetRef'])).toEqual([
      { group: 'policy.linkerd.io', kind: 'Server', name: 'a.http' },
    ]);
    expect(ofKind(all, 'HTTPRoute').flatMap(({ spec }) => spec['parentRefs'])).toEqual([
      { group: '', kind: 'Service', name: 'a', namespace: 'shop', port: 80 },
    ]);
  });

  test('a denied account is left out of the accounts that the mesh knows, and the target says so', () => {
    const ir = linked(
      open,
      service(),
      caller,
      document('Service', 'c', ['versions: {v1: {}}']),
      access('[{deny: {from: [c]}}]'),
    );
    const [authentication] = ofKind(written(ir), 'MeshTLSAuthentication');
    expect(authentication?.spec['identityRefs']).toEqual([
      { kind: 'ServiceAccount', name: 'a', namespace: 'shop' },
      { kind: 'ServiceAccount', name: 'b', namespace: 'shop' },
    ]);
    expect(limitsOf(ir).map(([feature]) => feature)).toContain('access.deny');
  });

  test('two Services with other access on one port of the same pods let nobody in, and the target says so', () => {
    const twin = document('Service', 'twin', [
      'ports: {http: {port: 80, targetPort: 8080}}',
      'workload: {labels: {app: a}}',
    ]);
    const ir = linked(mesh(), service(), twin, caller, access('[{allow: {from: [b]}}]'));
    const all = written(ir);
    expect(ofKind(all, 'Server').map(({ spec }) => spec['accessPolicy'])).toEqual(['deny']);
    expect(ofKind(all, 'AuthorizationPolicy')).toEqual([]);
    expect(limitsOf(ir)).toContainEqual(['mtls.strict', 'nobody may call that port']);
  });

  test('probes get through where the option names their paths, and no other path does', () => {
    const ir = linked(mesh(), service(), caller, access('[{allow: {from: [b], to: [{methods: [GET]}]}}]'));
    const named = (all: readonly Manifest[]) =>
      all.filter(({ metadata }) => metadata.name === 'a.http.probes');
    expect(named(written(ir))).toEqual([]);
    const [policy, route] = named(written(ir, { probePaths: ['/healthz'] }));
    expect([policy?.kind, route?.kind]).toEqual(['AuthorizationPolicy', 'HTTPRoute']);
    expect(route?.spec['rules']).toEqual([
      { matches: [{ path: { type: 'Exact', value: '/healthz' }, method: 'GET' }] },
    ]);
  });
});

describe('Services', () => {
  const ejecting = service('outlierDetection: {consecutive5xx: 4, baseEjectionTime: 20s}');
  const annotations = {
    'balancer.linkerd.io/failure-accrual': 'consecutive',
    'balancer.linkerd.io/failure-accrual-consecutive-max-failures': '4',
    'balancer.linkerd.io/failure-accrual-consecutive-min-penalty': '20s',
    'balancer.linkerd.io/failure-accrual-consecutive-max-penalty': '1m',
  };

  test('annotations of ejection are written where the target writes Services, and named where it does not', () => {
    const ir = linked(open, ejecting);
    const [own] = ofKind(written(ir, { services: 'write' }), 'Service');
    expect(own?.metadata.annotations).toMatchObject(annotations);
    expect(ofKind(written(ir), 'Service')).toEqual([]);
    const [server] = ofKind(written(ir), 'Server');
    expect(JSON.parse(server?.metadata.annotations['meshwright.dev/needs-annotations'] ?? '')).toEqual({
      'Service/shop/a': annotations,
    });
  });

  // Any other value makes the port opaque.
  test('the protocol of a port is one that Linkerd knows', () => {
    const ports = document('Service', 'a', [
      'ports: {http: {port: 80}, grpc: {port: 81}, http2: {port: 82}, mysql: {port: 83}, tls: {port: 84}}',
    ]);
    const [own] = ofKind(written(linked(open, ports), { services: 'write' }), 'Service');
    const named = (own?.spec['ports'] as readonly { name: string; appProtocol?: string }[]).map(
      ({ name, appProtocol }) => [name, appProtocol],
    );
    expect(named).toEqual([
      ['http', 'http'],
      ['grpc', 'kubernetes.io/h2c'],
      ['http2', 'kubernetes.io/h2c'],
      ['mysql', 'linkerd.io/opaque'],
      ['tls', undefined],
    ]);
  });

  test('a limit of less than one request a second says that more are served', () => {
    const slow = linked(open, service('rateLimit: {requests: 2, per: 1m}'));
    expect(limitsOf(slow)).toContainEqual([
      'settings.rate-limit',
      'one request is served each second, more than the limit allows',
    ]);
    const odd = linked(open, service('rateLimit: {requests: 100, per: 1m}'));
    expect(limitsOf(odd)).toContainEqual([
      'settings.rate-limit',
      'fewer requests at once are served than the limit allows',
    ]);
  });

  test('a limit of requests a second is that of the Server', () => {
    const limited = linked(open, service('rateLimit: {requests: 20, per: 1s}'));
    const [policy] = ofKind(written(limited), 'HTTPLocalRateLimitPolicy');
    expect(policy?.spec).toEqual({
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'a.http' },
      total: { requestsPerSecond: 20 },
    });
  });
});

describe('egress', () => {
  test.each([
    ['addresses: [10.0.0.1]', 1],
    ['ports: {http: {port: 80, targetPort: 8080}}', 1],
    ['ports: {http: {port: 80}}', 0],
  ])('%s of an External: Linkerd goes where the application dials', (line, count) => {
    const own = line.startsWith('ports') ? [line] : ['ports: {http: {port: 80}}', line];
    const ir = linked(open, service(), document('External', 'out', ['hosts: [out.example]', ...own]));
    expect(limitsOf(ir)).toEqual(
      Array.from({ length: count }, () => [
        'external.hosts',
        'calls to that host reach the addresses of its DNS, at the port of the call',
      ]),
    );
  });

  const external = (...lines: readonly string[]): string =>
    document('External', 'out', ['hosts: [out.example]', 'ports: {http: {port: 80}}', ...lines]);
  const routes = (ir: Ir) =>
    ofKind(written(ir), 'HTTPRoute').filter(({ metadata }) => metadata.name.endsWith('external'));

  // An EgressNetwork leaves out `clusterNetworks` of the installation, which are all private networks by default.
  test('hosts that the mesh does not name are a loss: those in private networks stay open', () => {
    const kept = linkerd.capabilities['egress.deny'];
    expect(kept).toMatchObject({ found: 'at each use' });
    expect(JSON.stringify(kept)).toContain('clusterNetworks');
  });

  test('each namespace has the posture of the mesh', () => {
    const posture = (ir: Ir) => ofKind(written(ir), 'EgressNetwork').map(({ spec }) => spec);
    expect(posture(linked(open, service()))).toEqual([{ trafficPolicy: 'Deny' }]);
    expect(posture(linked(mesh('access: allow', 'egress: allow'), service()))).toEqual([
      { trafficPolicy: 'Allow' },
    ]);
  });

  test('a host that not every workload of the namespace may call stays closed', () => {
    const some = linked(open, service(), external('from: [a]'));
    expect(routes(some)).toEqual([]);
    expect(limitsOf(some)).toContainEqual(['external.hosts', 'calls to that host are refused']);
    expect(routes(linked(open, service(), external()))).toHaveLength(1);
  });

  test('where every host may be called, such a host has a route that leads nowhere', () => {
    const some = linked(mesh('access: allow', 'egress: allow'), service(), external('from: [a]'));
    expect(JSON.stringify(routes(some))).toContain('nowhere.invalid');
  });
});
