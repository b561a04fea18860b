import type { Ir } from '../../ir/ir.ts';
import { type HealthCheck, mtlsOf, type Port, type Service } from '../../ir/service.ts';
import type { Json } from '../artifact.ts';
import { applicationTls } from './application-tls.ts';
import { duration } from './duration.ts';
import type { Machine } from './external-cluster.ts';
import { healthHeader } from './health-header.ts';
import { healthProtocol } from './inbound/health.ts';
import { upstreamTls } from './tls.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * Returns the fields of a cluster for `port` with the checks by which callers find healthy instances; the first check
 * precedes any request. Checks go to their own port, whose proxy passes them to the application (`inbound/health`).
 */
export function healthChecks(ir: Ir, service: Service, port: Port, machine: Machine): Fields {
  const { healthCheck } = service;
  const asked = healthCheck && askedPort(service, healthCheck);
  if (healthCheck === undefined || asked === undefined) return {};
  const passing = isPassedOn(service, asked);
  const alpn = !passing && !asked.http ? [healthProtocol] : undefined;
  const elsewhere = asked.name !== port.name;
  const interval = duration(healthCheck.interval);
  return {
    health_checks: [
      {
        timeout: duration(healthCheck.timeout),
        interval,
        no_traffic_interval: interval,
        no_traffic_healthy_interval: interval,
        unhealthy_threshold: healthCheck.unhealthy,
        healthy_threshold: healthCheck.healthy,
        // A check of new connections must not reuse one.
        reuse_connection: healthCheck.by.type !== 'connection',
        ...question(service, asked, healthCheck),
        ...(alpn && { tls_options: { alpn_protocols: alpn } }),
        ...(elsewhere && { transport_socket_match_criteria: criteria }),
      },
    ],
    // An instance that is removed gets no calls, even if its checks pass.
    ignore_health_on_host_removal: true,
    ...(elsewhere && {
      transport_socket_matches: [
        { name: 'health', match: criteria, transport_socket: socket(ir, service, asked, machine) },
      ],
    }),
  };
}

/** Returns the port that a check asks; undefined if the port's proxy would answer in the application's place. */
export function askedPort(service: Service, { port: name }: HealthCheck): Port | undefined {
  const port = service.ports.find((candidate) => candidate.name === name);
  if (port === undefined) return undefined;
  const answered = port.http || port.tls !== undefined || mtlsOf(service, port) !== 'disabled';
  return answered ? port : undefined;
}

const criteria: Fields = { health: true };

/** Returns true if the server's proxy forwards connections to the application, including the checks in them. */
function isPassedOn(service: Service, port: Port): boolean {
  return port.tls !== undefined && mtlsOf(service, port) === 'disabled';
}

const mark: Json = {
  header: { key: healthHeader, value: 'health' },
  append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
};

function question(service: Service, port: Port, { by }: HealthCheck): Fields {
  const passing = isPassedOn(service, port);
  const host = passing ? (port.tls?.sni ?? '') : `${service.name}.${service.namespace}`;
  const marks = passing ? [] : [mark];
  switch (by.type) {
    case 'grpc':
      return { grpc_health_check: { authority: host, ...(!passing && { initial_metadata: marks }) } };
    case 'path': {
      const asked = { method: 'GET', path: by.path, ...(!passing && { request_headers_to_add: marks }) };
      return { http_health_check: httpCheck(port, host, asked) };
    }
    case 'connection': {
      const asked = { method: 'HEAD', path: '/', request_headers_to_add: marks };
      return passing ? { tcp_health_check: {} } : { http_health_check: httpCheck(port, host, asked) };
    }
  }
}

/**
 * Returns a check by HTTP. Each status that isn't expected counts as one failure; Envoy by default ends the connection
 * at the first.
 */
function httpCheck({ protocol }: Port, host: string, asked: Fields): Fields {
  return {
    host,
    ...asked,
    codec_client_type: protocol === 'http2' || protocol === 'grpc' ? 'HTTP2' : 'HTTP1',
    expected_statuses: [{ start: 200, end: 400 }],
    retriable_statuses: [
      { start: 100, end: 200 },
      { start: 400, end: 600 },
    ],
  };
}

function socket(ir: Ir, service: Service, port: Port, machine: Machine): Json {
  const tls = upstreamTls(ir, service, port) ?? (port.tls && applicationTls(port.tls, port, machine));
  return (
    tls ??
    extension(
      'envoy.transport_sockets.raw_buffer',
      'envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer',
    )
  );
}
