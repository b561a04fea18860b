import { defined, unlessEmpty } from '../../../import/defined.ts';
import type { Field } from '../../../import/field.ts';
import { isPath } from '../../../import/written-values.ts';
import type {
  Connections,
  HealthCheck,
  LoadBalancing,
  OutlierDetection,
  Settings,
} from '../../../spec/types.gen.ts';
import { account, idle, lost, type Rest } from './account.ts';
import { readDuration } from './durations.ts';
import { typeOf } from './messages.ts';

/** The settings of calls that a cluster says. */
export interface ClusterSettings {
  readonly settings: Pick<Settings, 'connections' | 'outlierDetection' | 'loadBalancing'>;
  readonly isHttp2: boolean;
  readonly healthCheck: HealthCheck | undefined;
}

/** Reads limits, balancing, ejection and health checks of a cluster. */
export function readClusterSettings(cluster: Field): ClusterSettings {
  const protocol = readProtocol(cluster);
  const connections: Connections = defined({
    connectTimeout: readDuration(cluster.at('connect_timeout')),
    ...readThresholds(cluster.along('circuit_breakers', 'thresholds')),
    ...defined({ idleTimeout: protocol.idleTimeout }),
    maxRequestsPerConnection: cluster.at('max_requests_per_connection').number(),
  });
  cluster
    .along('circuit_breakers', 'per_host_thresholds')
    .lost({ callers: 'the limits hold for all instances together' });
  return {
    settings: defined({
      connections: unlessEmpty(connections),
      outlierDetection: readOutliers(cluster.at('outlier_detection')),
      loadBalancing: readBalancing(cluster),
    }),
    isHttp2: protocol.isHttp2,
    healthCheck: readHealthCheck(cluster.at('health_checks')),
  };
}

function readThresholds(list: Field): Connections {
  let limits: Connections = {};
  for (const item of list.items()) {
    const priority = item.at('priority').text() ?? 'DEFAULT';
    if (priority !== 'DEFAULT') {
      item.lost({ callers: 'all requests have the limits of the usual priority' });
      continue;
    }
    const most = (name: string): number | undefined => {
      const number = item.at(name).number();
      return number === undefined || number < 1 || number >= 4_294_967_295 ? undefined : number;
    };
    limits = defined({
      maxConnections: most('max_connections'),
      maxPendingRequests: most('max_pending_requests'),
      maxRequests: most('max_requests'),
    });
    account(item, {
      max_retries: lost('retries are not limited beside the requests: write retryBudget'),
      retry_budget: lost('retries are not limited beside the requests: write retryBudget'),
      max_connection_pools: idle('it limits the memory of the proxy'),
      track_remaining: idle('it counts'),
    });
  }
  return limits;
}

const algorithms: Readonly<Record<string, LoadBalancing['algorithm']>> = {
  ROUND_ROBIN: 'round-robin',
  LEAST_REQUEST: 'least-request',
  RANDOM: 'random',
  RING_HASH: 'ring-hash',
  MAGLEV: 'maglev',
};

function readBalancing(cluster: Field): LoadBalancing | undefined {
  const policy = cluster.at('lb_policy');
  const word = policy.text()?.toUpperCase();
  const algorithm = algorithms[word ?? ''];
  if (word !== undefined && algorithm === undefined) policy.lost({ callers: 'instances are chosen in turn' });
  return algorithm === undefined ? undefined : { algorithm };
}

function readOutliers(field: Field): OutlierDetection | undefined {
  if (!field.isPresent) return undefined;
  const never: Readonly<Record<string, Rest>> = Object.fromEntries(
    Object.keys(field.value ?? {})
      .filter((name) =>
        /^(?:success_rate|failure_percentage|split_|enforcing_|max_ejection_time|always|monitors|successful|consecutive_local)/.test(
          name,
        ),
      )
      .map((name) => [
        name,
        lost('only failures in a row put an instance out, always, and for the written time'),
      ]),
  );
  account(field, never);
  const isEnforced = (name: string): boolean => field.at(`enforcing_${name}`).value !== 0;
  const count = (name: string, usual: number): number => field.at(name).number() ?? usual;
  const share = field.at('max_ejection_percent').number() ?? 10;
  return {
    consecutive5xx: isEnforced('consecutive_5xx') ? count('consecutive_5xx', 5) : 0,
    consecutiveGatewayErrors:
      field.at('enforcing_consecutive_gateway_failure').value === undefined
        ? gatewayErrors(field)
        : count('consecutive_gateway_failure', 5),
    ...defined({
      interval: readDuration(field.at('interval')) ?? '10s',
      baseEjectionTime: readDuration(field.at('base_ejection_time')) ?? '30s',
    }),
    maxEjectionPercent: Math.min(100, Math.max(0, share)),
  };
}

/** Envoy puts no instance out for these unless `enforcing_consecutive_gateway_failure` says so. */
function gatewayErrors(field: Field): number {
  field.at('consecutive_gateway_failure').withoutEffect('it is not enforced');
  return 0;
}

function readHealthCheck(list: Field): HealthCheck | undefined {
  const [first, ...others] = list.items();
  for (const other of others) other.lost({ callers: 'a service has one check of health' });
  if (first === undefined) return undefined;
  const http = first.at('http_health_check');
  const path = http.at('path').text();
  const grpc = first.at('grpc_health_check');
  const tcp = first.at('tcp_health_check');
  account(
    http,
    Object.fromEntries(
      Object.keys(http.value ?? {})
        .filter((name) => name !== 'path')
        .map((name) => [name, lost('the check is a GET of the path that passes from 200 to 399')]),
    ),
  );
  if (grpc.isPresent) grpc.withoutEffect('the check asks the whole server');
  if (tcp.isPresent) tcp.withoutEffect('the check opens a connection');
  const known = [
    'timeout',
    'interval',
    'unhealthy_threshold',
    'healthy_threshold',
    'http_health_check',
    'grpc_health_check',
    'tcp_health_check',
  ];
  account(
    first,
    Object.fromEntries(
      Object.keys(first.value ?? {})
        .filter((name) => !known.includes(name))
        .map((name) => [name, lost('the check comes in the same times, at the port of the calls')]),
    ),
  );
  return {
    ...(path !== undefined && isPath(path) && { path }),
    ...(grpc.isPresent && { grpc: true }),
    ...defined({
      interval: readDuration(first.at('interval')),
      timeout: readDuration(first.at('timeout')),
      unhealthy: first.at('unhealthy_threshold').number(),
      healthy: first.at('healthy_threshold').number(),
    }),
  };
}

function readProtocol(cluster: Field): {
  readonly isHttp2: boolean;
  readonly idleTimeout: string | undefined;
} {
  const legacy = cluster.at('http2_protocol_options');
  if (legacy.isPresent)
    legacy.withoutEffect('the protocol of the port says HTTP/2; its settings change no call');
  let isHttp2 = legacy.isPresent;
  let idleTimeout: string | undefined;
  for (const [, options] of cluster.at('typed_extension_protocol_options').entries()) {
    const type = typeOf(options);
    if (!type.endsWith('HttpProtocolOptions')) {
      options.lost({ callers: 'the options of this protocol do not hold' });
      continue;
    }
    idleTimeout = readDuration(options.along('common_http_protocol_options', 'idle_timeout'));
    const explicit = options.at('explicit_http_config');
    if (explicit.at('http2_protocol_options').isPresent) isHttp2 = true;
    for (const field of [
      explicit,
      options.at('upstream_http_protocol_options'),
      options.at('use_downstream_protocol_config'),
      options.at('auto_config'),
      options.at('http_filters'),
    ])
      if (field.isPresent)
        field.withoutEffect(
          'the protocol of the port says HTTP/1.1 or HTTP/2; settings of the protocol change no call',
        );
    const common = options.at('common_http_protocol_options');
    if (common.isPresent) common.withoutEffect('settings of the protocol change no call');
  }
  return { isHttp2, idleTimeout };
}
