import { describe, expect, test } from 'vitest';
import type { Loose } from './loose.ts';
import { found, linked, lower } from './lowered.ts';

function cluster(settings: string, options = {}): Loose {
  const ir = linked(`
kind: Service
metadata: {name: web, namespace: shop}
spec: {endpoints: {default: [{outbound: "127.0.0.1:15001", admin: "127.0.0.1:15000"}]}}
---
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  ports: {http: {port: 9080}}
  endpoints: {default: [{app: "127.0.0.2:9080", inbound: "127.0.0.2:15006", outbound: "127.0.0.2:15001", admin: "127.0.0.2:15000"}]}
${settings}`);
  return found(lower(ir, options), 'Cluster', 'shop/reviews/default/http');
}

const unlimited = 4_294_967_295;

describe("no default of Envoy's", () => {
  test("limits that the spec doesn't have are written as none: Envoy's defaults are 1024, and 3 retries", () => {
    expect(cluster('').circuit_breakers.thresholds).toEqual([
      {
        priority: 'DEFAULT',
        max_connections: unlimited,
        max_pending_requests: unlimited,
        max_requests: unlimited,
        max_retries: unlimited,
      },
    ]);
  });

  test('there is no panic: ejected instances get no requests unless `minHealthPercent` says so', () => {
    expect(cluster('').common_lb_config.healthy_panic_threshold.value).toBe(0);
    const detection = '  outlierDetection: {minHealthPercent: 30%}';
    expect(cluster(detection).common_lb_config.healthy_panic_threshold.value).toBe(30);
  });

  test('only the counters of the language eject; success rates, on by default in Envoy, are off', () => {
    const detection = cluster('  outlierDetection: {consecutive5xx: 3}').outlier_detection;
    const enforcing = Object.entries(detection).filter(([key]) => key.startsWith('enforcing_'));
    expect(enforcing.filter(([, value]) => value !== 0)).toEqual([['enforcing_consecutive_5xx', 100]]);
    expect(enforcing).toHaveLength(7);
    expect(detection).toMatchObject({
      consecutive_5xx: 3,
      interval: '10s',
      base_ejection_time: '30s',
      max_ejection_percent: 50,
    });
  });

  test('built-in: connectTimeout 5s, idleTimeout 1h, least-request', () => {
    const made = cluster('');
    expect(made.connect_timeout).toBe('5s');
    expect(made.lb_policy).toBe('LEAST_REQUEST');
    const [http] = Object.values<Loose>(made.typed_extension_protocol_options);
    expect(http.common_http_protocol_options).toEqual({ idle_timeout: '3600s' });
  });
});

test('a retry budget replaces the limit on the number of retries', () => {
  const [threshold] = cluster('  retryBudget: {percent: 20%, minRetryConcurrency: 3}').circuit_breakers
    .thresholds;
  expect(threshold.retry_budget).toEqual({ budget_percent: { value: 20 }, min_retry_concurrency: 3 });
  expect(threshold.max_retries).toBeUndefined();
});

test('the server must prove the identity of its account', () => {
  const { common_tls_context: tls } = cluster('').transport_socket.typed_config;
  expect(tls.combined_validation_context.default_validation_context.match_typed_subject_alt_names).toEqual([
    { san_type: 'URI', matcher: { exact: 'spiffe://t.example/ns/shop/sa/reviews' } },
  ]);
  expect(cluster('  mtls: disabled').transport_socket).toBeUndefined();
});

test('endpoints are in clusters, or in separate files if the target asks for them', () => {
  expect(cluster('').load_assignment.endpoints[0].lb_endpoints).toHaveLength(1);
  const discovered = cluster('', { endpoints: 'files' });
  expect(discovered.type).toBe('EDS');
  expect(discovered.eds_cluster_config.eds_config.path_config_source.path).toBe(
    '${DIR}/config/current/services/shop.reviews/default.http-eds.json',
  );
});
