import { expect, test } from 'vitest';
import type { Service } from '../../../src/core/ir/service.ts';
import type { Settings } from '../../../src/core/ir/settings.ts';
import { changedSettings } from '../../../src/core/reach/changed-settings.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import {
  authentication,
  backend,
  external,
  externalPort,
  forward,
  issuer,
  line,
  mesh,
  origin,
  port,
  route,
  rule,
  service,
  version,
} from '../semantics/mesh.ts';

const id = 'shop/reviews';
const whole = service(id, { ports: [port('http', 80)] });
const with_ = (parts: Partial<Service>): Service => ({ ...whole, ...parts });
const set = (parts: Partial<Settings>): Service => with_({ settings: { ...whole.settings, ...parts } });
const of = (after: Service, before = whole): readonly string[] =>
  changedSettings(mesh({ services: [before] }), mesh({ services: [after] }));

const outlierDetection = {
  origin,
  consecutive5xx: 5,
  consecutiveGatewayErrors: 0,
  interval: 10_000,
  baseEjectionTime: 30_000,
  maxEjectionPercent: 10,
  minHealthPercent: 0,
};
const check = { origin, port: 'http', by: { type: 'path', path: '/up' }, interval: 1, timeout: 1 } as const;
const session = { name: 's', value: 'v1' };

test.each<readonly [string, Service]>([
  ['outlier detection', set({ outlierDetection })],
  ['connection limits', set({ connections: { ...whole.settings.connections, maxConnections: 9 } })],
  ['load balancing', set({ loadBalancing: { algorithm: 'random' } })],
  ['locality', set({ locality: { origin, prefer: 'same-zone', failover: [] } })],
  ['the retry budget', set({ retryBudget: { origin, percent: 20, minRetryConcurrency: 3 } })],
  ['the health check', with_({ healthCheck: { ...check, unhealthy: 1, healthy: 1 } })],
  [
    'telemetry',
    with_({ telemetry: { origin, accessLog: { origin, format: 'json', output: { type: 'stdout' } } } }),
  ],
  ['declared calls', with_({ calls: [{ origin, service: 'shop/ratings' }] })],
  ['target ports', with_({ ports: [{ ...port('http', 80), targetPort: 8080 }] })],
  [
    'sessions',
    with_({
      ports: [
        port('http', 80, { route: route(rule({ action: forward({ backends: [backend({ session })] }) })) }),
      ],
    }),
  ],
])('%s decide about no request, and the plan names them', (name, after) => {
  const { gained, lost, routing, unproved } = compareMeshes(
    mesh({ services: [whole] }),
    mesh({ services: [after] }),
  );
  expect([gained, lost, routing, unproved]).toEqual([[], [], [], []]);
  expect(of(after)).toEqual([`${name} of ${id}`]);
});

test('an endpoint that moves is named, although the version of each request stays', () => {
  const one = version('v1', 1);
  const moved = (one.instances ?? []).map((instance) => ({
    ...instance,
    admin: { host: '127.0.0.2', port: 1 },
  }));
  expect(of(with_({ versions: [{ ...one, instances: moved }] }), with_({ versions: [one] }))).toEqual([
    `endpoints of ${id}`,
  ]);
});

test('a setting at another line of the spec is the same', () => {
  const elsewhere = { ...outlierDetection, origin: line(9) };
  expect(of(set({ outlierDetection: elsewhere }), set({ outlierDetection }))).toEqual([]);
});

test('a limit of connections that no proxy reaches is none', () => {
  const limits = { maxConnections: 2 ** 31 - 1, maxRequests: 2 ** 32 - 1 };
  expect(of(set({ connections: { ...whole.settings.connections, ...limits } }))).toEqual([]);
});

test('services that come or go have no settings that change', () => {
  expect(changedSettings(mesh({}), mesh({ services: [set({ outlierDetection })] }))).toEqual([]);
});

test('an issuer whose tokens begin to be passed on is named', () => {
  const passing = (isPassed: boolean): Service =>
    with_({
      authentication: authentication({ issuers: [issuer('s', 'https://s.example', { forward: isPassed })] }),
    });
  expect(of(passing(true), passing(false))).toEqual([`passing on of tokens of ${id}`]);
  expect(of(passing(true), passing(true))).toEqual([]);
});

test('another target port of an External decides about no request, and the plan names it', () => {
  const of = (targetPort: number) =>
    mesh({
      externals: [
        external('shop/bank', {
          ports: [{ ...externalPort('http', 80, { service: 'shop/bank' }), targetPort }],
        }),
      ],
    });
  expect(compareMeshes(of(80), of(8080))).toMatchObject({ gained: [], lost: [], routing: [], unproved: [] });
  expect(changedSettings(of(80), of(8080))).toEqual(['target ports of shop/bank']);
});

const routed = (parts: Parameters<typeof forward>[0]): Service =>
  with_({
    ports: [
      port('http', 80, {
        route: route(rule({ action: forward({ backends: [backend({ service: id })], ...parts }) })),
      }),
    ],
  });
const tries = (backoff: number) => ({
  retries: { origin, attempts: 1, perTryTimeout: 0, on: [], backoff, methods: 'all' as const },
});
const aborted = (grpcStatus: number) => ({ fault: { origin, abort: { grpcStatus, percent: 1 } } });
const limited = (scope: 'instance' | 'service') =>
  set({ rateLimit: { origin, requests: 1, per: 1000, burst: 0, scope } });

test.each<readonly [string, Service, Service]>([
  ['waits between tries', routed(tries(25)), routed(tries(50))],
  ['gRPC statuses of faults', routed(aborted(13)), routed(aborted(14))],
  ['the scope of the rate limit', limited('instance'), limited('service')],
])('%s are named where both meshes have them', (name, before, after) => {
  const { gained, lost, routing, unproved } = compareMeshes(
    mesh({ services: [before] }),
    mesh({ services: [after] }),
  );
  expect([gained, lost, routing, unproved]).toEqual([[], [], [], []]);
  expect(of(after, before)).toEqual([`${name} of ${id}`]);
  expect([of(after), of(whole, after)]).toEqual([[], []]);
});

test('another egress gateway is named', () => {
  const of = (parts: object) => mesh({ externals: [external('shop/bank', parts)] });
  expect(changedSettings(of({}), of({ gateway: 'infra/out' }))).toEqual(['the egress gateway of shop/bank']);
});
