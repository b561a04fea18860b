import type { Ir } from '../../../ir/ir.ts';
import { type HealthCheck, mtlsOf, type Port, type Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { appClusterName, connectionClusterName } from '../cluster-name.ts';
import { connectionManager } from '../connection-manager.ts';
import { duration } from '../duration.ts';
import { healthHeader } from '../health-header.ts';
import { withoutServerChecks } from '../server-filters.ts';
import { extension, type Fields } from '../typed-config.ts';
import { withoutRateLimit } from './rate-limit.ts';

/** The ALPN protocol of checks at ports that aren't HTTP, where no header can distinguish checks from calls. */
export const healthProtocol = 'mesh-health';

const isCheck: Fields = { name: healthHeader, string_match: { exact: 'health' } };

/** Returns the checks that the proxies of a service answer at a port, its own first. */
export function answeredChecks(
  { healthCheck, otherChecks = [] }: Service,
  port: Port,
): readonly HealthCheck[] {
  return [...(healthCheck ? [healthCheck] : []), ...otherChecks].filter((check) => check.port === port.name);
}

/** Returns true if the protocol distinguishes connections with checks from others at a port. */
export function hasHealthChain(service: Service, port: Port): boolean {
  return !port.http && mtlsOf(service, port) !== 'disabled' && answeredChecks(service, port).length > 0;
}

/**
 * Returns routes that pass each check to the application; the filters that judge calls, and the rate limit, are off.
 */
export function healthRoutes(ir: Ir, service: Service, port: Port): readonly Json[] {
  const unchecked = { ...withoutServerChecks(ir, service.authentication), ...withoutRateLimit(service) };
  return answeredChecks(service, port).map((check) => ({
    ...route(service, port, check),
    request_headers_to_remove: [healthHeader],
    ...(port.http && { typed_per_filter_config: unchecked }),
  }));
}

/** Returns a filter that keeps health checks out of traces, counters and (with `not_health_check_filter`) logs. */
export function healthFilters(service: Service, port: Port): readonly Json[] {
  if (answeredChecks(service, port).length === 0) return [];
  return [
    extension(
      'envoy.filters.http.health_check',
      'envoy.extensions.filters.http.health_check.v3.HealthCheck',
      {
        pass_through_mode: true,
        headers: [isCheck],
      },
    ),
  ];
}

/** Returns the network filters for connections with checks at a port that isn't HTTP. */
export function healthChainFilters(ir: Ir, service: Service, port: Port): readonly Json[] {
  return [
    connectionManager({
      ir: { ...ir, telemetry: { metricLabels: [] } },
      statPrefix: `health/${port.name}`,
      routes: {
        inline: {
          name: `health/${port.name}`,
          validate_clusters: false,
          virtual_hosts: [{ name: 'health', domains: ['*'], routes: healthRoutes(ir, service, port) }],
        },
      },
      filters: healthFilters(service, port),
      hidesChecks: true,
      gateway: false,
      service: `${service.name}.${service.namespace}`,
    }),
  ];
}

function route(service: Service, port: Port, { by, timeout }: HealthCheck): Fields {
  const action = { timeout: duration(timeout), idle_timeout: '0s' };
  const application = { ...action, cluster: appClusterName(service, port) };
  switch (by.type) {
    case 'path':
      return { name: 'path', match: asked('GET', by.path), route: application };
    case 'grpc':
      return { name: 'grpc', match: asked('POST', '/grpc.health.v1.Health/Check'), route: application };
    case 'connection':
      return {
        name: 'connection',
        match: asked('HEAD', '/'),
        route: { ...action, cluster: connectionClusterName(service, port) },
      };
  }
}

/** Returns the match of exactly this path and method. */
function asked(method: string, path: string): Fields {
  return {
    path,
    headers: [
      isCheck,
      { name: ':method', string_match: { exact: method } },
      { name: ':path', string_match: { exact: path } },
    ],
  };
}
