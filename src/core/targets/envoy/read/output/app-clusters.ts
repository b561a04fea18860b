import type { Field } from '../../../../import/field.ts';
import { dnsForm, protocolForm } from './clusters.ts';
import { extensionForm, type Form, hole, maybe, optional } from './forms.ts';
import { addressForm, addressText } from './proxies.ts';
import type { Reading } from './reading.ts';
import { type ReadForeign, readForeign } from './tls.ts';

/** The application beside a proxy. */
export interface ReadApp {
  readonly protocol: 'http' | 'http2' | undefined;
  /** Absent where the listener says the address. */
  readonly address: string | undefined;
  /** The TLS that the application speaks itself. */
  readonly tls: ReadForeign | undefined;
  readonly name: string;
  readonly field: Field;
}

const unlimited = 4_294_967_295;

/** The limits of a cluster without limits. */
export const noLimits = {
  thresholds: [
    {
      priority: 'DEFAULT',
      max_connections: unlimited,
      max_pending_requests: unlimited,
      max_requests: unlimited,
      max_retries: unlimited,
    },
  ],
} as const satisfies Form;

/** Reads the cluster of an application; `isConnection` for the one that only opens connections to it. */
export function readApp(reading: Reading, field: Field, isConnection: boolean): ReadApp {
  const name = String(field.at('name').value);
  const got = reading.take(field, {
    '@type': maybe('type'),
    name,
    type: maybe('kind'),
    cluster_type: maybe('discovery'),
    load_assignment: maybe('assignment'),
    lb_policy: hole('policy'),
    cleanup_interval: maybe('cleanup'),
    connect_timeout: '5s',
    circuit_breakers: noLimits,
    common_lb_config: { healthy_panic_threshold: { value: 0 } },
    typed_extension_protocol_options: optional(protocolForm),
    transport_socket: maybe('socket'),
    upstream_config: maybe('pool'),
  });
  if (isConnection)
    reading.take(
      got.pool,
      extensionForm(
        'envoy.filters.connection_pools.tcp.generic',
        'envoy.extensions.upstreams.http.tcp.v3.TcpConnectionPoolProto',
        {},
      ),
    );
  else if (got.pool.isPresent) reading.report(got.pool, 'no such field');
  if (got.idle.isPresent) reading.take(got.idle, '0s');
  for (const extra of [got.requests, got.follows])
    if (extra.isPresent) reading.report(extra, 'no such field');
  const isHttp = got.idle.isPresent;
  if (isHttp && got.http1.isPresent === got.http2.isPresent) reading.report(field, 'one protocol');
  if (isHttp) reading.take(got.http1.isPresent ? got.http1 : got.http2, {});
  return {
    protocol: isHttp ? (got.http1.isPresent ? 'http' : 'http2') : undefined,
    address: readAddress(reading, got, name),
    tls: got.socket.isPresent ? readForeign(reading, got.socket) : undefined,
    name,
    field,
  };
}

function readAddress(
  reading: Reading,
  got: Readonly<Record<'kind' | 'discovery' | 'assignment' | 'policy' | 'cleanup', Field>>,
  name: string,
): string | undefined {
  if (!got.discovery.isPresent) {
    reading.take(got.kind, 'ORIGINAL_DST');
    reading.take(got.policy, 'CLUSTER_PROVIDED');
    reading.take(got.cleanup, '3600s');
    return undefined;
  }
  reading.take(got.discovery, dnsForm);
  reading.take(got.policy, 'ROUND_ROBIN');
  const { host, port } = reading.take(got.assignment, {
    cluster_name: name,
    endpoints: [{ lb_endpoints: [{ endpoint: { address: addressForm } }] }],
  });
  return addressText(host, port);
}

/** Reads a cluster without instances. */
export function readClosed(reading: Reading, field: Field): void {
  const name = String(field.at('name').value);
  reading.take(field, {
    '@type': hole('type'),
    name,
    type: 'STATIC',
    connect_timeout: '5s',
    load_assignment: { cluster_name: name, endpoints: [] },
  });
}
