import { describe, expect, test } from 'vitest';
import { limits, objects } from './lowered.ts';

const mesh = '  clusters: {eu: {region: eu-1}, us: {region: us-1}}\n';

const service = (settings: string): string => `
kind: Service
metadata: {name: a, namespace: shop}
spec:
  ports: {http: {port: 80}}
  endpoints: {default: [{app: "10.0.0.1:80", cluster: eu}]}
${settings}
`;

function rule(settings: string) {
  return objects(service(settings), mesh)['DestinationRule/shop/a']!.spec;
}

test("the language's defaults overwrite those of Istio", () => {
  // The defaults of Istio: 10s to connect, the nearest places first if instances can be ejected, and mTLS if a pod
  // seems to support it.
  expect(rule('')).toEqual({
    host: 'a.shop.svc.cluster.local',
    trafficPolicy: {
      connectionPool: {
        tcp: { connectTimeout: '5s', idleTimeout: '3600s' },
        http: { idleTimeout: '3600s', h2UpgradePolicy: 'DO_NOT_UPGRADE' },
      },
      loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: { enabled: false } },
      tls: { mode: 'ISTIO_MUTUAL' },
    },
  });
});

describe('settings', () => {
  test.each<[string, string, object]>([
    [
      'limits of connections',
      '  connections: {maxConnections: 1, maxPendingRequests: 2, maxRequests: 3, maxRequestsPerConnection: 4, connectTimeout: 250ms}',
      {
        connectionPool: {
          tcp: { maxConnections: 1, connectTimeout: '0.25s' },
          http: { http1MaxPendingRequests: 2, http2MaxRequests: 3, maxRequestsPerConnection: 4 },
        },
      },
    ],
    [
      'all fields of an ejection, of which Istio would eject at most 10% by default',
      '  outlierDetection: {consecutive5xx: 3}',
      {
        outlierDetection: {
          consecutive5xxErrors: 3,
          consecutiveGatewayErrors: 0,
          interval: '10s',
          baseEjectionTime: '30s',
          maxEjectionPercent: 50,
          minHealthPercent: 0,
          splitExternalLocalOriginErrors: false,
        },
      },
    ],
    [
      'no instance may be ejected, which Istio would read as 10%',
      '  outlierDetection: {maxEjectionPercent: 0%}',
      { outlierDetection: { consecutive5xxErrors: 0, consecutiveGatewayErrors: 0 } },
    ],
    [
      'a budget of retries',
      '  retryBudget: {percent: 20%, minRetryConcurrency: 5}',
      { retryBudget: { percent: 20, minRetryConcurrency: 5 } },
    ],
    [
      'affinity by a cookie of the session',
      '  loadBalancing: {affinity: {cookie: {name: sid}}}',
      {
        loadBalancer: {
          consistentHash: {
            httpCookie: { name: 'sid', path: '/', ttl: '0s' },
            ringHash: { minimumRingSize: 1024 },
          },
        },
      },
    ],
    [
      'affinity on a table',
      '  loadBalancing: {algorithm: maglev, affinity: {header: x-user}}',
      { loadBalancer: { consistentHash: { httpHeaderName: 'x-user', maglev: { tableSize: 65537 } } } },
    ],
    [
      'locality needs an ejection in Istio, so there is one that ejects no instance',
      '  locality: {prefer: same-zone}',
      {
        loadBalancer: {
          localityLbSetting: {
            enabled: true,
            failoverPriority: ['topology.istio.io/cluster', 'topology.kubernetes.io/zone'],
          },
        },
        outlierDetection: { consecutive5xxErrors: 0, consecutiveGatewayErrors: 0 },
      },
    ],
    [
      'clusters by their regions',
      '  locality: {prefer: same-zone, failover: [{from: eu, to: us}]}\n  outlierDetection: {}',
      { loadBalancer: { localityLbSetting: { enabled: true, failover: [{ from: 'eu-1', to: 'us-1' }] } } },
    ],
    ['nobody has an identity', '  mtls: disabled', { tls: { mode: 'DISABLE' } }],
    [
      'a service that accepts plain text is still called with an identity',
      '  mtls: permissive',
      { tls: { mode: 'ISTIO_MUTUAL' } },
    ],
  ])('%s', (_, settings, expected) => {
    expect(rule(settings).trafficPolicy).toMatchObject(expected);
  });

  test('connections without an idle timeout', () => {
    const { tcp, http } = rule('  connections: {idleTimeout: 0s}').trafficPolicy.connectionPool;
    expect(tcp).toEqual({ idleTimeout: '0s', connectTimeout: '5s' });
    // Istio refuses 0s here, and an absent value is that of `tcp`.
    expect(http).not.toHaveProperty('idleTimeout');
  });
});

describe('versions', () => {
  const subsets = (versions: string, options = {}): unknown =>
    objects(
      `\nkind: Service\nmetadata: {name: a, namespace: shop}\nspec: {ports: {http: {port: 80}}${versions}}`,
      '',
      {
        options,
      },
    )['DestinationRule/shop/a']!.spec.subsets;

  test('are subsets with their labels', () => {
    expect(subsets(', versions: {v1: {labels: {track: one}}}')).toEqual([
      { name: 'v1', labels: { track: 'one' } },
    ]);
  });
  test('without labels have the label `version`, or the one of the options', () => {
    expect(subsets(', versions: {v1: {}, v2: {}}')).toEqual([
      { name: 'v1', labels: { version: 'v1' } },
      { name: 'v2', labels: { version: 'v2' } },
    ]);
    expect(subsets(', versions: {v1: {}, v2: {}}', { versionLabel: 'example.com/v' })).toMatchObject([
      { labels: { 'example.com/v': 'v1' } },
      { labels: { 'example.com/v': 'v2' } },
    ]);
  });
  test('a single version without labels is the whole service', () => {
    expect(subsets('')).toBeUndefined();
  });
});

test.each<[string, string, readonly string[]]>([
  [
    'no retries while there are few requests',
    '  retryBudget: {minRetryConcurrency: 0}',
    ['settings.retry-budget'],
  ],
  [
    'a failover that prefers clusters',
    '  locality: {prefer: same-cluster, failover: [{from: eu, to: us}]}\n  outlierDetection: {}',
    ['settings.locality'],
  ],
  [
    'a failover that prefers zones',
    '  locality: {prefer: same-zone, failover: [{from: eu, to: us}]}\n  outlierDetection: {}',
    [],
  ],
])('Istio can not express everything: %s', (_, settings, features) => {
  expect(limits(service(settings), mesh).map((limit) => limit.slice(0, limit.indexOf(':')))).toEqual(
    features,
  );
});
