import { describe, expect, test } from 'vitest';
import { readExposition } from '../../../src/core/canary/counters/exposition.ts';
import { seriesOf } from '../../../src/core/canary/counters/prometheus-query.ts';
import { proxyOf } from '../../../src/core/canary/counters/proxy-of.ts';
import { readCounters } from '../../../src/core/canary/counters/read-counters.ts';
import type { ArmQuestion, Arms } from '../../../src/core/evidence/arms.ts';
import { isUnreadable } from '../../../src/core/evidence/unreadable.ts';
import gatewayApi from '../../../src/core/targets/gateway-api/index.ts';
import istio from '../../../src/core/targets/istio/index.ts';
import linkerd from '../../../src/core/targets/linkerd/index.ts';
import type { Target } from '../../../src/core/targets/target.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';

const ir = linkedMesh('fixtures/cases/splits');
const question: ArmQuestion = {
  service: 'shop/reviews',
  baseline: 'v1',
  candidate: 'v2',
  bad: ['5xx', 'grpc', 'reset', 'timeout'],
  slowAbove: 300,
};

function armsOf(
  target: Target,
  options: Readonly<Record<string, unknown>> = {},
  more: Partial<ArmQuestion> = {},
): Arms {
  const version = target.versions.at(-1) ?? '';
  const arms = target.arms?.(ir, { ...question, ...more }, { version, options });
  if (arms === undefined || 'why' in arms) throw new Error(arms?.why ?? 'the target has no arms');
  return arms;
}

/**
 * Returns lines of evidence from series in the form of proxies and of Prometheus; all pods in the series are running.
 */
function linesOf(arms: Arms, text: string) {
  const metrics = new Set(seriesOf(arms).map(({ metric }) => metric));
  const samples = readExposition(text, metrics);
  if (isUnreadable(samples)) throw new Error(samples.why);
  const running = new Map(samples.map((sample) => [proxyOf(arms, sample), 1]));
  return readCounters(arms, { samples, alive: { client: running, server: running } }, 0).flatMap((line) => {
    if ('failed' in line) throw new Error(line.why);
    const { arm, instance, side = 'client', requests, errors, latency } = line;
    if (requests === 0 && errors === 0) return [];
    return [[arm, side, instance, requests, errors, ...(latency ? [latency] : [])]];
  });
}

const series = (metric: string, labels: Readonly<Record<string, string>>, value: number): string =>
  `${metric}{${Object.entries(labels)
    .map(([name, text]) => `${name}="${text}"`)
    .join(',')}} ${String(value)}\n`;

/** A series of istio_requests_total, with the labels of Istio's standard metrics and those that Prometheus adds. */
const istioSeries = (
  labels: Readonly<Record<string, string>>,
  value: number,
  metric = 'istio_requests_total',
) =>
  series(
    metric,
    {
      reporter: 'source',
      source_workload: 'web',
      destination_workload: 'reviews-v1',
      destination_service: 'reviews.shop.svc.cluster.local',
      destination_service_name: 'reviews',
      destination_service_namespace: 'shop',
      destination_version: 'v1',
      request_protocol: 'http',
      response_code: '200',
      response_flags: '-',
      grpc_response_status: '',
      connection_security_policy: 'unknown',
      namespace: 'shop',
      pod: 'web-1',
      ...labels,
    },
    value,
  );

describe('arms in the standard metrics of Istio', () => {
  test('callers and servers are told apart, and each class of bad answers is found', () => {
    const text = [
      istioSeries({}, 100),
      istioSeries({ request_protocol: 'http2' }, 10),
      istioSeries({ response_code: '503', response_flags: 'UC' }, 1),
      istioSeries({ response_code: '504', response_flags: 'UT' }, 2),
      istioSeries({ response_code: '200', response_flags: 'UPE' }, 4),
      istioSeries({ request_protocol: 'grpc', grpc_response_status: '14' }, 8),
      istioSeries({ request_protocol: 'grpc', grpc_response_status: '0' }, 16),
      istioSeries({ destination_version: 'v2', pod: 'web-2' }, 50),
      istioSeries({ destination_version: 'unknown', response_code: '503', response_flags: 'UH' }, 5),
      istioSeries({ destination_service_namespace: 'other' }, 1000),
      istioSeries({ reporter: 'destination', pod: 'reviews-v1-1', response_code: '500' }, 3),
      istioSeries({ reporter: 'waypoint', pod: 'waypoint-1' }, 7000),
    ].join('');
    expect(linesOf(armsOf(istio), text)).toEqual([
      ['baseline', 'client', 'shop/web-1', 141, 15],
      ['candidate', 'client', 'shop/web-2', 50, 0],
      ['baseline', 'server', 'shop/reviews-v1-1', 3, 3],
    ]);
  });

  test('durations are milliseconds', () => {
    const bucket = (le: string, value: number) =>
      istioSeries({ le }, value, 'istio_request_duration_milliseconds_bucket');
    const text = [istioSeries({}, 10), bucket('250', 7), bucket('500', 9), bucket('+Inf', 10)].join('');
    expect(linesOf(armsOf(istio), text)).toEqual([
      ['baseline', 'client', 'shop/web-1', 10, 0, { bounds: [250, 500], counts: [7, 2, 1] }],
    ]);
  });

  test('in ambient a waypoint reports', () => {
    const text = istioSeries({}, 1) + istioSeries({ reporter: 'waypoint', pod: 'waypoint-1' }, 7);
    expect(linesOf(armsOf(istio, { mode: 'ambient' }), text)).toEqual([
      ['baseline', 'client', 'shop/waypoint-1', 7, 0],
    ]);
  });

  test('versions are refused if the metrics show no label of their pods', () => {
    const arms = istio.arms?.(ir, question, { version: '1.31', options: { versionLabel: 'release' } });
    expect(arms).toMatchObject({ why: expect.stringContaining('label `version`') as string });
  });

  test('through the Gateway API each arm is the Service of its version', () => {
    const text = [
      istioSeries({ destination_service_name: 'reviews-v1', destination_version: 'unknown' }, 9),
      istioSeries({ destination_service_name: 'reviews-v2', response_code: '500' }, 2),
      istioSeries({ reporter: 'destination', pod: 'r-2', destination_version: 'v2' }, 2),
    ].join('');
    expect(linesOf(armsOf(gatewayApi, { implementation: 'istio' }), text)).toEqual([
      ['baseline', 'client', 'shop/web-1', 9, 0],
      ['candidate', 'client', 'shop/web-1', 2, 2],
      ['candidate', 'server', 'shop/r-2', 2, 0],
    ]);
  });
});

/** A series of the route metrics of Linkerd 2.16 and later, as its documentation shows them. */
const linkerdSeries = (
  kind: string,
  labels: Readonly<Record<string, string>>,
  value: number,
  metric = 'response_statuses_total',
) =>
  series(
    `outbound_${kind}_route_backend_${metric}`,
    {
      parent_group: 'core',
      parent_kind: 'Service',
      parent_namespace: 'shop',
      parent_name: 'reviews',
      parent_port: '9080',
      route_kind: 'HTTPRoute',
      backend_group: 'core',
      backend_kind: 'Service',
      backend_namespace: 'shop',
      backend_name: 'reviews-v1',
      error: '',
      namespace: 'shop',
      pod: 'web-1',
      ...labels,
    },
    value,
  );

describe.each([
  ['Linkerd', linkerd, {}],
  ['the Gateway API on Linkerd', gatewayApi, { implementation: 'linkerd' }],
] as const)('arms in the metrics of %s', (_, target, options) => {
  test('backends are told apart, and each class of bad answers is found', () => {
    const text = [
      linkerdSeries('http', { http_status: '200' }, 100),
      linkerdSeries('http', { http_status: '500' }, 1),
      linkerdSeries('http', { http_status: '', error: 'FAIL_FAST' }, 2),
      linkerdSeries('http', { http_status: '', error: 'RESPONSE_HEADERS_TIMEOUT' }, 4),
      linkerdSeries('http', { http_status: '200', error: 'RESET' }, 8),
      linkerdSeries('http', { http_status: '', error: 'CANCEL' }, 16),
      linkerdSeries('grpc', { grpc_status: 'UNAVAILABLE' }, 32),
      linkerdSeries('grpc', { grpc_status: 'OK' }, 64),
      linkerdSeries('http', { http_status: '200', backend_name: 'reviews-v2' }, 5),
      linkerdSeries('http', { http_status: '500', parent_name: 'other' }, 1000),
    ].join('');
    expect(linesOf(armsOf(target, options), text)).toEqual([
      ['baseline', 'client', 'shop/web-1', 227, 47],
      ['candidate', 'client', 'shop/web-1', 5, 0],
    ]);
  });

  test('a status of gRPC is a name', () => {
    const text =
      linkerdSeries('grpc', { grpc_status: 'DEADLINE_EXCEEDED' }, 3) +
      linkerdSeries('grpc', { grpc_status: 'INTERNAL' }, 4);
    expect(linesOf(armsOf(target, options, { bad: ['deadline-exceeded', '404'] }), text)).toEqual([
      ['baseline', 'client', 'shop/web-1', 7, 3],
    ]);
  });

  test('durations are seconds', () => {
    const bucket = (le: string, value: number) =>
      linkerdSeries('http', { le }, value, 'response_duration_seconds_bucket');
    const text = linkerdSeries('http', { http_status: '200' }, 10) + bucket('0.25', 8) + bucket('+Inf', 10);
    expect(linesOf(armsOf(target, options), text)).toEqual([
      ['baseline', 'client', 'shop/web-1', 10, 0, { bounds: [250], counts: [8, 2] }],
    ]);
  });
});

test.each([undefined, 'cilium', 'kuma'])(
  'the Gateway API on %s reports that its counters are not known',
  (implementation) => {
    const options = implementation === undefined ? {} : { implementation };
    expect(gatewayApi.arms?.(ir, question, { version: '1.6', options })).toHaveProperty('why');
  },
);
