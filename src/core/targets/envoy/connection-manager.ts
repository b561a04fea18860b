import type { Ir } from '../../ir/ir.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';
import type { Json } from '../artifact.ts';
import { accessLogs } from './access-log.ts';
import { failureReplies } from './failure-marks.ts';
import { answersChecks, healthHeader } from './health-header.ts';
import { revisionSource } from './layout.ts';
import { labelledMetrics } from './metric-labels.ts';
import { refusedRequestReply, refusedRequests } from './refused-requests.ts';
import { tokenReplies } from './tokens/replies.ts';
import { tracing } from './tracing.ts';
import { extension, type Fields } from './typed-config.ts';

/** The settings that differ between the places where HTTP enters a proxy. */
export interface ConnectionManagerOptions {
  readonly ir: Ir;
  /** The name of this place in statistics. */
  readonly statPrefix: string;
  /**
   * A file of the revision (its path in the output directory) that contains only this RouteConfiguration, or the routes
   * themselves.
   */
  readonly routes:
    | { readonly rds: { readonly path: string; readonly name: string } }
    | { readonly inline: Json };
  /** The HTTP filters without the router, which comes last. */
  readonly filters: readonly Json[];
  /**
   * True if callers come from outside: their addresses are recorded in `x-forwarded-for`, and limits protect against
   * abuse.
   */
  readonly gateway: boolean;
  /**
   * The number of proxies in front that write `x-forwarded-for` and `x-forwarded-proto`; absent if clients connect
   * directly.
   */
  readonly trustedHops?: number;
  /** The service that spans are reported for: `<name>.<namespace>`. */
  readonly service: string;
  /** Headers (lower case) that only this proxy may set: it removes the caller's first. */
  readonly ownHeaders?: readonly string[];
  /** True if a filter checks tokens: a bad token is then answered with 401, whatever status Envoy chooses. */
  readonly checksTokens?: boolean;
  /** Header in which routes find the verified identity of the client; it overwrites the caller's. */
  readonly clientHeader?: string;
  /** True if callers are proxies, which need to know about failures behind this proxy (`failure-marks`). */
  readonly marksFailures?: boolean;
  /** Loggers that count requests for rollouts. */
  readonly counters?: readonly Fields[];
  /** True if health checks pass here; they are not logged. */
  readonly hidesChecks?: boolean;
}

/**
 * Returns the network filter that speaks HTTP, with every setting explicit that affects safety or meaning. Paths are
 * normalised and unsafe ones refused as the language page says, callers can't steer the proxy by headers, and only
 * routes have time limits.
 */
export function connectionManager(options: ConnectionManagerOptions): Json {
  const { ir, gateway, routes } = options;
  const message = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
  return extension('envoy.filters.network.http_connection_manager', message, {
    stat_prefix: options.statPrefix,
    codec_type: 'AUTO',
    ...('rds' in routes
      ? { rds: { route_config_name: routes.rds.name, config_source: revisionSource(routes.rds.path) } }
      : { route_config: routes.inline }),
    http_filters: [refusedRequests, ...(gateway ? [withoutOwnHeaders] : []), ...options.filters, router],
    ...paths,
    ...identityOfCallers(options),
    ...limits(gateway),
    ...tracing(ir, options.service),
    access_log: [
      ...accessLogs(ir),
      ...labelledMetrics(ir, options.service, options.statPrefix),
      ...(options.counters ?? []),
    ].map((log) => (options.hidesChecks === true ? withoutChecks(log) : log)),
    server_header_transformation: 'PASS_THROUGH',
    upgrade_configs: [{ upgrade_type: 'websocket' }],
    ...localReplies(options),
  });
}

/** Returns a logger that omits health checks (requests that the filter `health_check` has seen). */
function withoutChecks(log: Fields): Fields {
  const { filter } = log;
  const noCheck = { not_health_check_filter: {} };
  return { ...log, filter: filter === undefined ? noCheck : { and_filter: { filters: [noCheck, filter] } } };
}

function localReplies({ marksFailures, checksTokens }: ConnectionManagerOptions): Fields {
  const mappers = [
    refusedRequestReply,
    ...(marksFailures === true ? failureReplies : []),
    ...(checksTokens === true ? tokenReplies : []),
  ];
  return { local_reply_config: { mappers } };
}

const router = extension('envoy.filters.http.router', 'envoy.extensions.filters.http.router.v3.Router', {
  suppress_envoy_headers: true,
});

const envoyHeaders: Json = { remove_on_match: { key_matcher: { prefix: 'x-envoy-' } } };

/** Removes `x-envoy-external-address`, which Envoy always adds to requests from outside. */
const withoutOwnHeaders = extension(
  'own-headers',
  'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation',
  { mutations: { request_mutations: [envoyHeaders] } },
);

/** Normalisation itself refuses `%00`; Envoy refuses `#` by default, without a setting here. */
const paths: Fields = {
  strip_trailing_host_dot: true,
  normalize_path: true,
  merge_slashes: true,
  path_with_escaped_slashes_action: 'REJECT_REQUEST',
};

/**
 * No caller is internal, so headers that steer Envoy are ignored; Envoy's own headers are dropped whoever sends them.
 */
function identityOfCallers({
  ir,
  hidesChecks = false,
  gateway,
  trustedHops = 0,
  ownHeaders = [],
  clientHeader,
}: ConnectionManagerOptions): Fields {
  const message = 'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation';
  return {
    use_remote_address: gateway || trustedHops > 0,
    skip_xff_append: !gateway && trustedHops === 0,
    xff_num_trusted_hops: trustedHops,
    // Without a range Envoy's own would apply; this range contains nobody.
    internal_address_config: { cidr_ranges: [{ address_prefix: '255.255.255.255', prefix_len: 32 }] },
    forward_client_cert_details: 'SANITIZE',
    early_header_mutation_extensions: [
      extension('envoy.http.early_header_mutation.header_mutation', message, {
        mutations: [
          envoyHeaders,
          ...(hidesChecks || !answersChecks(ir) ? [] : [{ remove: healthHeader }]),
          ...ownHeaders.map(removal),
          ...(clientHeader === undefined ? [] : [clientIdentity(clientHeader)]),
        ],
      }),
    ],
  };
}

/**
 * Returns the removal of a header, also with `_` for `-` in its name: CGI-like applications don't distinguish the two.
 */
function removal(name: string): Json {
  if (!name.includes('-')) return { remove: name };
  return {
    remove_on_match: { key_matcher: { safe_regex: { regex: quoteRegex(name).replaceAll('-', '[-_]') } } },
  };
}

/**
 * Returns the header with the client's identity, set before routes are chosen; a client without a certificate is `-`.
 */
function clientIdentity(name: string): Json {
  return {
    append: {
      header: { key: name, value: '%DOWNSTREAM_PEER_URI_SAN%' },
      append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
      keep_empty_value: true,
    },
  };
}

/**
 * Returns limits. The idle time of a connection without requests is Envoy's default of one hour; the windows at
 * gateways follow its advice for edge proxies.
 */
function limits(gateway: boolean): Fields {
  return {
    stream_idle_timeout: '0s',
    request_timeout: '0s',
    request_headers_timeout: gateway ? '60s' : '0s',
    common_http_protocol_options: {
      idle_timeout: '3600s',
      headers_with_underscores_action: 'ALLOW',
      max_headers_count: 100,
    },
    max_request_headers_kb: 60,
    http2_protocol_options: {
      allow_connect: true,
      max_concurrent_streams: gateway ? 100 : 1024,
      ...(gateway ? { initial_stream_window_size: 65_536, initial_connection_window_size: 1_048_576 } : {}),
    },
  };
}
