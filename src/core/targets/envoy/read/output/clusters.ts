import { defined } from '../../../../import/defined.ts';
import type { Field } from '../../../../import/field.ts';
import type { Settings } from '../../../../spec/types.gen.ts';
import { extensionForm, type Form, hole, maybe, optional } from './forms.ts';
import { addressForm, addressText } from './proxies.ts';
import type { Reading } from './reading.ts';
import { readTime } from './values.ts';

/** One cluster, but for its transport. */
export interface ReadCluster {
  readonly settings: Pick<Settings, 'connections' | 'outlierDetection' | 'loadBalancing' | 'retryBudget'>;
  /** Addresses by priority; absent for a cluster that resolves the host of each request. */
  readonly addresses: readonly (readonly string[])[] | undefined;
  readonly isDns: boolean;
  /** The protocol of requests; absent for connections. */
  readonly protocol: 'http' | 'http2' | undefined;
  readonly socket: Field;
  readonly health: Field;
  readonly followsHost: boolean;
  readonly field: Field;
}

const unlimited = 4_294_967_295;

export const dnsForm = extensionForm('envoy.cluster.dns', 'envoy.extensions.clusters.dns.v3.DnsCluster', {
  dns_lookup_family: 'V4_PREFERRED',
  respect_dns_ttl: true,
});

export const forwardForm = extensionForm(
  'envoy.clusters.dynamic_forward_proxy',
  'envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig',
  { dns_cache_config: { name: 'hosts', dns_lookup_family: 'V4_PREFERRED', max_hosts: 65_536 } },
);

/** The protocol of a cluster. */
export const protocolForm = {
  'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
    '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
    common_http_protocol_options: {
      idle_timeout: hole('idle'),
      max_requests_per_connection: maybe('requests'),
    },
    upstream_http_protocol_options: optional({ auto_sni: true, auto_san_validation: hole('follows') }),
    explicit_http_config: { http_protocol_options: maybe('http1'), http2_protocol_options: maybe('http2') },
  },
} as const;

/** Reads a cluster whose instances have settings of their callers. */
export function readCluster(reading: Reading, field: Field): ReadCluster {
  const name = String(field.at('name').value);
  const got = reading.take(field, {
    '@type': hole('type'),
    name,
    alt_stat_name: maybe('stats'),
    type: maybe('kind'),
    cluster_type: maybe('discovery'),
    load_assignment: maybe('assignment'),
    eds_cluster_config: maybe('eds'),
    connect_timeout: hole('connect'),
    circuit_breakers: { thresholds: [hole('limits')] },
    outlier_detection: maybe('outliers'),
    common_lb_config: optional({ healthy_panic_threshold: { value: hole('panic') } }),
    lb_policy: hole('policy'),
    least_request_lb_config: maybe('least'),
    ring_hash_lb_config: maybe('ring'),
    maglev_lb_config: maybe('table'),
    typed_extension_protocol_options: optional(protocolForm),
    transport_socket: maybe('socket'),
    health_checks: maybe('health'),
    ignore_health_on_host_removal: maybe('removal'),
    transport_socket_matches: maybe('matches'),
  });
  if (got.stats.isPresent) got.stats.withoutEffect('it names counters');
  const isForward = String(got.discovery.at('name').value) === 'envoy.clusters.dynamic_forward_proxy';
  if (got.health.isPresent !== got.removal.isPresent)
    reading.report(field, 'instances that are removed to get no calls, where they are checked');
  if (got.removal.isPresent) reading.take(got.removal, true);
  if (got.matches.isPresent) reading.report(got.matches, 'a check at the port of the cluster');
  if (
    got.outliers.isPresent &&
    got.health.isPresent !== got.outliers.at('successful_active_health_check_uneject_host').isPresent
  )
    reading.report(got.outliers, 'an ejection that outlives a check that passes');
  if (got.follows.isPresent) reading.take(got.follows, true);
  return {
    settings: settingsOf(reading, got, isForward),
    addresses: isForward ? undefined : readAddresses(reading, got, name),
    isDns: got.discovery.isPresent,
    protocol: protocolOf(reading, got),
    socket: got.socket,
    health: got.health,
    followsHost: got.follows.isPresent,
    field,
  };
}

type Got = Readonly<Record<string, Field>>;

function at(got: Got, name: string): Field {
  return got[name] as Field;
}

function protocolOf(reading: Reading, got: Got): ReadCluster['protocol'] {
  const [one, two] = [at(got, 'http1'), at(got, 'http2')];
  if (!at(got, 'idle').isPresent) return undefined;
  if (one.isPresent === two.isPresent) reading.report(one, 'one protocol');
  reading.take(one.isPresent ? one : two, {});
  return one.isPresent ? 'http' : 'http2';
}

function readAddresses(reading: Reading, got: Got, name: string): readonly (readonly string[])[] {
  let assignment = at(got, 'assignment');
  if (at(got, 'eds').isPresent) {
    reading.take(at(got, 'kind'), 'EDS');
    const { source } = reading.take(at(got, 'eds'), { service_name: name, eds_config: hole('source') });
    const [found] = reading.resources(
      reading.revisionPath(source),
      'envoy.config.endpoint.v3.ClusterLoadAssignment',
      source,
    );
    if (found === undefined) return [];
    assignment = found;
  } else if (at(got, 'discovery').isPresent) reading.take(at(got, 'discovery'), dnsForm);
  else reading.take(at(got, 'kind'), 'STATIC');
  const { endpoints } = reading.take(assignment, {
    '@type': maybe('type'),
    cluster_name: name,
    endpoints: hole('endpoints'),
    policy: optional({ overprovisioning_factor: 140 }),
  });
  return endpoints.items().map((one, index) => {
    const { list, priority } = reading.take(one, { priority: maybe('priority'), lb_endpoints: hole('list') });
    if (priority.isPresent) reading.take(priority, index);
    return list.items().map((each) => {
      const { host, port } = reading.take(each, {
        endpoint: { address: addressForm, health_check_config: maybe('check') },
      });
      return addressText(host, port);
    });
  });
}

function settingsOf(reading: Reading, got: Got, isForward: boolean): ReadCluster['settings'] {
  const limits = reading.take(at(got, 'limits'), {
    priority: 'DEFAULT',
    max_connections: hole('connections'),
    max_pending_requests: hole('pending'),
    max_requests: hole('requests'),
    max_retries: maybe('retries'),
    retry_budget: optional({
      budget_percent: { value: hole('percent') },
      min_retry_concurrency: hole('least'),
    }),
  });
  const limit = (field: Field): number | undefined => {
    const number = field.number() ?? 0;
    if (number === 0) reading.report(field, 'a limit that lets calls through');
    return number === unlimited ? undefined : number;
  };
  if (limits.percent.isPresent === limits.retries.isPresent)
    reading.report(limits.retries, 'a budget or no limit of retries');
  if (limits.retries.isPresent) reading.take(limits.retries, unlimited);
  const panic = at(got, 'panic').number() ?? 0;
  const outliers = at(got, 'outliers');
  if (!outliers.isPresent && panic !== 0) reading.report(at(got, 'panic'), '0');
  const requests = at(got, 'requests').number();
  return {
    connections: {
      ...defined({
        maxConnections: limit(limits.connections),
        maxPendingRequests: limit(limits.pending),
        maxRequests: limit(limits.requests),
        maxRequestsPerConnection: requests,
      }),
      connectTimeout: readTime(reading, at(got, 'connect')),
      ...(at(got, 'idle').isPresent && { idleTimeout: readTime(reading, at(got, 'idle')) }),
    },
    ...defined({
      outlierDetection: outliers.isPresent ? readOutliers(reading, outliers, panic) : undefined,
      retryBudget: limits.percent.isPresent
        ? {
            percent: limits.percent.number() ?? 0,
            minRetryConcurrency: limits.least.number() ?? 0,
          }
        : undefined,
      loadBalancing: isForward ? undefined : { algorithm: readAlgorithm(reading, got) },
    }),
    ...(isForward && providedBy(reading, got)),
  };
}

function providedBy(reading: Reading, got: Got): object {
  reading.take(at(got, 'discovery'), forwardForm);
  reading.take(at(got, 'policy'), 'CLUSTER_PROVIDED');
  return {};
}

const algorithms = {
  ROUND_ROBIN: ['round-robin', undefined, undefined],
  LEAST_REQUEST: ['least-request', 'least', { choice_count: 2 }],
  RANDOM: ['random', undefined, undefined],
  RING_HASH: [
    'ring-hash',
    'ring',
    { hash_function: 'XX_HASH', minimum_ring_size: 1024, maximum_ring_size: 8_388_608 },
  ],
  MAGLEV: ['maglev', 'table', { table_size: 65_537 }],
} as const satisfies Readonly<
  Record<string, readonly [algorithm: string, field: string | undefined, form: Form | undefined]>
>;

function readAlgorithm(reading: Reading, got: Got) {
  const policy = at(got, 'policy').text() ?? '';
  const known = Object.hasOwn(algorithms, policy) ? algorithms[policy as keyof typeof algorithms] : undefined;
  if (known === undefined) reading.report(at(got, 'policy'), 'an algorithm of the language');
  const [algorithm = 'round-robin'] = known ?? [];
  const [, own, form]: readonly [unknown?, (string | undefined)?, (Form | undefined)?] = known ?? [];
  for (const name of ['least', 'ring', 'table']) {
    const field = at(got, name);
    if (name === own && form !== undefined) reading.check(field, form);
    else if (field.isPresent) reading.report(field, 'no such field');
  }
  return algorithm;
}

function readOutliers(reading: Reading, field: Field, panic: number) {
  const got = reading.take(field, {
    consecutive_5xx: hole('errors'),
    enforcing_consecutive_5xx: hole('enforced'),
    consecutive_gateway_failure: hole('gateway'),
    enforcing_consecutive_gateway_failure: hole('enforcedGateway'),
    interval: hole('interval'),
    base_ejection_time: hole('base'),
    max_ejection_time: hole('longest'),
    max_ejection_time_jitter: '0s',
    max_ejection_percent: hole('percent'),
    always_eject_one_host: false,
    split_external_local_origin_errors: false,
    successful_active_health_check_uneject_host: maybe('uneject'),
    enforcing_success_rate: 0,
    enforcing_local_origin_success_rate: 0,
    enforcing_consecutive_local_origin_failure: 0,
    enforcing_failure_percentage: 0,
    enforcing_failure_percentage_local_origin: 0,
  });
  const counter = (count: Field, enforced: Field): number => {
    const [number, share] = [count.number() ?? 0, enforced.number() ?? 0];
    if ((share !== 0 && share !== 100) || number < 1 || (share === 0 && number !== 1))
      reading.report(enforced, 'a counter that is on or off');
    return share === 0 ? 0 : number;
  };
  if (got.uneject.isPresent) reading.take(got.uneject, false);
  const base = Number.parseFloat(got.base.text() ?? '0');
  reading.take(got.longest, `${String(Math.max(base, 300))}s`);
  return {
    consecutive5xx: counter(got.errors, got.enforced),
    consecutiveGatewayErrors: counter(got.gateway, got.enforcedGateway),
    interval: readTime(reading, got.interval),
    baseEjectionTime: readTime(reading, got.base),
    maxEjectionPercent: got.percent.number() ?? 0,
    minHealthPercent: panic,
  };
}
