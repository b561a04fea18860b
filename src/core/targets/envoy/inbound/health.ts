import type { Ir } from '../../../ir/ir.ts';
import { type HealthCheck, mtlsOf, type Port, type Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { appClusterName, connectionClusterName } from '../cluster-name.ts';
import { connectionManager } from '../connection-manager.ts';
import { duration } from '../duration.ts';
import { withoutServerChecks } from '../server-filters.ts';
import { extension, type Fields } from '../typed-config.ts';
import { withoutRateLimit } from './rate-limit.ts';

/** The `Host` of checks, which no service can have (RFC 6761). */
export const healthHost = 'health.meshwright.invalid';

/** The ALPN protocol of checks at ports that aren't HTTP, where no `Host` tells them from connections. */
export const healthProtocol = 'mesh-health';

/** Returns the checks that the proxies of a service answer at a port, its own first. */
export function answeredChecks(
  { healthCheck, otherChecks = [] }: Service,
  port: Port,
): readonly HealthCheck[] {
  return [...(healthCheck ? [healthCheck] : []), ...otherChecks].filter((check) => check.port === port.name);
}

/** Returns true if the connections of checks at a port are told apart by their protocol. */
export function hasHealthChain(service: Service, port: Port): boolean {
  return !port.http && mtlsOf(service, port) !== 'disabled' && answeredChecks(service, port).length > 0;
}

/**
 * A virtual host that hands each check to the application, past the checks of requests and the limit. Whatever else is
 * asked under its name is 404.
 */
export function healthVirtualHosts(ir: Ir, service: Service, port: Port): readonly Json[] {
  const checks = answeredChecks(service, port);
  if (checks.length === 0) return [];
  return [
    {
      name: 'health',
      domains: [healthHost],
      routes: [
        ...checks.map((check) => route(service, port, check)),
        { name: 'other', match: { prefix: '/' }, direct_response: { status: 404 } },
      ],
      typed_per_filter_config: {
        ...(port.http && {
          ...withoutServerChecks(ir, service.authentication),
          ...withoutRateLimit(service),
        }),
      },
    },
  ];
}

/** A filter that keeps checks out of traces, counters and (with `not_health_check_filter`) logs. */
export function healthFilters(service: Service, port: Port): readonly Json[] {
  if (answeredChecks(service, port).length === 0) return [];
  return [
    extension(
      'envoy.filters.http.health_check',
      'envoy.extensions.filters.http.health_check.v3.HealthCheck',
      {
        pass_through_mode: true,
        headers: [{ name: ':authority', string_match: { exact: healthHost } }],
      },
    ),
  ];
}

/** Network filters of the connections by which checks come to a port that isn't HTTP. */
export function healthChainFilters(ir: Ir, service: Service, port: Port): readonly Json[] {
  return [
    connectionManager({
      ir: { ...ir, telemetry: { metricLabels: [] } },
      statPrefix: `health/${port.name}`,
      routes: {
        inline: {
          name: `health/${port.name}`,
          validate_clusters: false,
          virtual_hosts: healthVirtualHosts(ir, service, port),
        },
      },
      filters: healthFilters(service, port),
      gateway: false,
      service: `${service.name}.${service.namespace}`,
    }),
  ];
}

function route(service: Service, port: Port, { by, timeout }: HealthCheck): Json {
  const action = {
    timeout: duration(timeout),
    idle_timeout: '0s',
    host_rewrite_literal: `${service.name}.${service.namespace}`,
  };
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

/** The path without a query, by this method alone. */
function asked(method: string, path: string): Fields {
  return {
    path,
    headers: [
      { name: ':method', string_match: { exact: method } },
      { name: ':path', string_match: { exact: path } },
    ],
  };
}
