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

/** The parts that differ between the places where HTTP enters a proxy. */
export interface ConnectionManagerOptions {
  readonly ir: Ir;
  /** Names this place in statistics. */
  readonly statPrefix: string;
  /** A file of the revision (path in the output directory) and the RouteConfiguration that is alone in it, or one written here. */
  readonly routes:
    | { readonly rds: { readonly path: string; readonly name: string } }
    | { readonly inline: Json };
  /** Without the router, which comes last. */
  readonly filters: readonly Json[];
  /** Callers come from outside: addresses are recorded in `x-forwarded-for`, and limits against abuse hold. */
  readonly gateway: boolean;
  /**
   * Number of proxies in front that write `x-forwarded-for` and `x-forwarded-proto`; absent: none, clients connect
   * themselves.
   */
  readonly trustedHops?: number;
  /** Whom spans are reported for: `<name>.<namespace>`. */
  readonly service: string;
  /** Headers (lower case) that only this proxy may set: callers' own are dropped first. */
  readonly ownHeaders?: readonly string[];
  /** Among the filters are those that check tokens: a bad one is answered with 401 whatever Envoy says. */
  readonly checksTokens?: boolean;
  /** Header in which routes find the verified identity of the client; callers' own is overwritten. */
  readonly clientHeader?: string;
  /** Callers are proxies, which are told of the failures behind this one (`failure-marks`). */
  readonly marksFailures?: boolean;
  /** Loggers that count requests for rollouts. */
  readonly counters?: readonly Fields[];
  /** Checks of health pass here, and are in no log. */
  readonly hidesChecks?: boolean;
}

/**
 * The network filter that speaks HTTP, with every setting that bears on safety or meaning written out:
 * paths are normalised and unsafe ones refused as the language page says, callers cannot steer the proxy
 * by headers, and no time limit holds but those of the routes.
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

/** A logger that passes over checks of health (those that the filter `health_check` has seen). */
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

/** Removes `x-envoy-external-address`, which Envoy adds to requests from outside unasked. */
const withoutOwnHeaders = extension(
  'own-headers',
  'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation',
  { mutations: { request_mutations: [envoyHeaders] } },
);

/** `%00` is refused by normalisation itself, `#` by default and not by a setting. */
const paths: Fields = {
  strip_trailing_host_dot: true,
  normalize_path: true,
  merge_slashes: true,
  path_with_escaped_slashes_action: 'REJECT_REQUEST',
};

/** No caller is internal, so headers that steer Envoy are ignored; Envoy's own headers are dropped from any sender. */
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
    // Without a range Envoy's own would hold; this one is nobody's.
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

/** Also names with `_` for `-`: applications of the CGI kind take both for one. */
function removal(name: string): Json {
  if (!name.includes('-')) return { remove: name };
  return {
    remove_on_match: { key_matcher: { safe_regex: { regex: quoteRegex(name).replaceAll('-', '[-_]') } } },
  };
}

/** Set before routes are chosen; a client without a certificate is `-`. */
function clientIdentity(name: string): Json {
  return {
    append: {
      header: { key: name, value: '%DOWNSTREAM_PEER_URI_SAN%' },
      append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
      keep_empty_value: true,
    },
  };
}

/** The idle time of a connection without requests is Envoy's own hour, written out; windows at gateways are its advice for edges. */
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
