import type { Field } from '../../../../import/field.ts';
import type { HealthCheck } from '../../../../spec/types.gen.ts';
import { extensionForm, type Form, hole, maybe, optional } from './forms.ts';
import type { Reading } from './reading.ts';
import { readTime } from './values.ts';

const isCheck = { name: 'x-meshwright-check', string_match: { exact: 'health' } } as const;

/** The filter that keeps checks out of logs and counters. */
export const healthFilter = extensionForm(
  'envoy.filters.http.health_check',
  'envoy.extensions.filters.http.health_check.v3.HealthCheck',
  { pass_through_mode: true, headers: [isCheck] },
);

/** A check as a server answers it, or as callers make it. */
export type ReadCheck = Pick<HealthCheck, 'path' | 'grpc' | 'timeout'>;

/** Reads a route that passes a check to the application, past `checks` of the server. */
export function readCheckRoute(
  reading: Reading,
  route: Field,
  { id, port }: { readonly id: string; readonly port: string },
  checks: readonly string[],
): ReadCheck {
  const kind = String(route.at('name').value);
  const off = { '@type': 'type.googleapis.com/envoy.config.route.v3.FilterConfig', disabled: true };
  reading.check(route, {
    name: kind,
    match: hole('match'),
    route: hole('route'),
    request_headers_to_remove: ['x-meshwright-check'],
    typed_per_filter_config: Object.fromEntries(checks.map((name) => [name, off])),
  });
  const { path, method, whole } = reading.take(route.at('match'), {
    path: hole('path'),
    headers: [
      isCheck,
      { name: ':method', string_match: { exact: hole('method') } },
      { name: ':path', string_match: { exact: hole('whole') } },
    ],
  });
  const { cluster, timeout } = reading.take(route.at('route'), {
    timeout: hole('timeout'),
    idle_timeout: '0s',
    cluster: hole('cluster'),
  });
  const text = path.text() ?? '';
  reading.check(whole, text);
  const name = cluster.text() ?? '';
  const isConnection = name.endsWith('/connection');
  reading.application(cluster, id, port);
  const verb = method.text() ?? '';
  const isGrpc = verb === 'POST' && text === '/grpc.health.v1.Health/Check';
  if (isConnection ? verb !== 'HEAD' || text !== '/' : !isGrpc && verb !== 'GET')
    reading.report(route, 'a check of the language');
  return {
    ...(isGrpc ? { grpc: true as const } : !isConnection && { path: text }),
    timeout: readTime(reading, timeout),
  };
}

const codec = { http: 'HTTP1', http2: 'HTTP2' } as const;

const mark: Form = [
  {
    header: { key: 'x-meshwright-check', value: 'health' },
    append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
  },
];

/** Reads the check that callers make of the instances of a service at the port of its cluster. */
export function readChecks(
  reading: Reading,
  list: Field,
  place: { readonly host: string; readonly protocol: 'http' | 'http2' | undefined },
): HealthCheck | undefined {
  const [first, ...others] = list.items();
  for (const other of others) reading.report(other, 'one check');
  if (first === undefined) return undefined;
  const got = reading.take(first, {
    timeout: hole('timeout'),
    interval: hole('interval'),
    no_traffic_interval: hole('idle'),
    no_traffic_healthy_interval: hole('idleHealthy'),
    unhealthy_threshold: hole('unhealthy'),
    healthy_threshold: hole('healthy'),
    reuse_connection: hole('reuse'),
    http_health_check: maybe('http'),
    grpc_health_check: optional({ authority: place.host, initial_metadata: hole('marks') }),
  });
  const interval = String(got.interval.value);
  reading.check(got.idle, interval);
  reading.check(got.idleHealthy, interval);
  let by: Pick<HealthCheck, 'path' | 'grpc'> = {};
  if (got.http.isPresent) {
    const http = reading.take(got.http, {
      host: place.host,
      method: hole('method'),
      path: hole('path'),
      request_headers_to_add: hole('marks'),
      codec_client_type: codec[place.protocol ?? 'http'],
      expected_statuses: [{ start: 200, end: 400 }],
      retriable_statuses: [
        { start: 100, end: 200 },
        { start: 400, end: 600 },
      ],
    });
    reading.check(http.marks, mark);
    const [method, path] = [http.method.text(), http.path.text()];
    const isConnection = method === 'HEAD' && path === '/';
    if (!isConnection) reading.check(http.method, 'GET');
    if (!isConnection && path !== undefined) by = { path };
    reading.check(got.reuse, !isConnection);
  } else {
    reading.check(got.marks, mark);
    by = { grpc: true };
    reading.check(got.reuse, true);
  }
  return {
    ...by,
    interval: readTime(reading, got.interval),
    timeout: readTime(reading, got.timeout),
    unhealthy: got.unhealthy.number() ?? 1,
    healthy: got.healthy.number() ?? 1,
  };
}
