import type { Field } from '../../../../import/field.ts';
import { extensionForm, type Form, fits, hole, maybe, optional } from './forms.ts';
import type { Reading } from './reading.ts';

/** The place of a connection manager in a proxy. */
export interface ManagerPlace {
  readonly stats: string;
  /** True at an ingress gateway, whose callers come from outside. */
  readonly isEdge: boolean;
  /** True where callers are proxies of the mesh. */
  readonly marksFailures: boolean;
  /** True at every gateway: routes find the identity of the client in a header. */
  readonly notesClient: boolean;
}

/** The parts of a connection manager that differ from place to place. */
export interface ReadManager {
  /** The path of the file with the routes, and the name of the routes in it. */
  readonly routesPath: string;
  readonly routesName: string;
  readonly rds: Field;
  /** The routes, if the manager has them itself. */
  readonly inline: Field;
  /** The HTTP filters between those that every manager has. */
  readonly filters: readonly Field[];
  /** Headers that only this proxy may set. */
  readonly ownHeaders: readonly string[];
  /** True if answers about bad tokens are among its own. */
  readonly checksTokens: boolean;
  readonly hops: number;
}

const rbac = 'envoy.extensions.filters.http.rbac.v3.RBAC';

export const unsafePolicy = {
  permissions: [
    { url_path: { path: { safe_regex: { regex: '/(?:.*/)?\\.\\.?;.*' } } } },
    { header: { name: ':path', string_match: { safe_regex: { regex: '[^?]*\\?[!-~]*[^!-~].*' } } } },
    { header: { name: 'x-forwarded-proto', string_match: { exact: '' } } },
    { header: { name: ':authority', string_match: { safe_regex: { regex: '.*\\.(?::[^.]*)?' } } } },
  ],
  principals: [{ any: true }],
} as const;

/** The filter that refuses requests which two proxies would read differently. */
const unsafeFilter = extensionForm('unsafe-paths', rbac, {
  rules: { action: 'DENY', policies: { 'unsafe-paths': unsafePolicy } },
  rules_stat_prefix: 'unsafe_paths',
});

const routerFilter = extensionForm(
  'envoy.filters.http.router',
  'envoy.extensions.filters.http.router.v3.Router',
  { suppress_envoy_headers: true },
);

const withoutEnvoyHeaders = { remove_on_match: { key_matcher: { prefix: 'x-envoy-' } } } as const;

const edgeFilter = extensionForm(
  'own-headers',
  'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation',
  { mutations: { request_mutations: [withoutEnvoyHeaders] } },
);

function expression(text: string) {
  return {
    extension_filter: extensionForm(
      'envoy.access_loggers.extension_filters.cel',
      'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter',
      { expression: text },
    ),
  } as const;
}

function told(key: string, value: string) {
  return [{ header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' }] as const;
}

const unsafeReply = {
  filter: expression("response.code_details.startsWith('rbac_access_denied_matched_policy[unsafe-')"),
  status_code: 400,
  body: { inline_string: '' },
} as const;

const failureReplies = [
  {
    filter: { response_flag_filter: { flags: ['UF'] } },
    headers_to_add: told('x-meshwright-failure', 'connect-failure'),
  },
  {
    filter: expression("response.code_details.contains('refused_stream')"),
    headers_to_add: told('x-meshwright-failure', 'refused-stream'),
  },
  {
    filter: { response_flag_filter: { flags: ['UC', 'UR', 'LR', 'UPE'] } },
    headers_to_add: told('x-envoy-ratelimited', 'true'),
  },
] as const;

const tokenReplies = [
  { filter: expression("response.code_details.startsWith('jwt_authn_access_denied')"), status_code: 401 },
  {
    filter: expression("response.code_details == 'rbac_access_denied_matched_policy[token-misspelt]'"),
    status_code: 401,
  },
  {
    filter: expression("response.code_details == 'rbac_access_denied_matched_policy[token-required]'"),
    status_code: 401,
    body: { inline_string: 'a token is required' },
    headers_to_add: told('www-authenticate', 'Bearer'),
  },
] as const;

const clientIdentity = {
  append: {
    header: { key: 'x-meshwright-client', value: '%DOWNSTREAM_PEER_URI_SAN%' },
    append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
    keep_empty_value: true,
  },
} as const;

/** Headers of answers by which proxies tell each other of failures. */
export const failureHeaders = ['x-meshwright-failure', 'x-envoy-ratelimited'] as const;

/** Returns the form of a manager at a place. */
function managerForm({ stats, isEdge }: ManagerPlace) {
  return extensionForm(
    'envoy.filters.network.http_connection_manager',
    'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      stat_prefix: stats,
      codec_type: 'AUTO',
      rds: optional({ route_config_name: hole('name'), config_source: hole('source') }),
      route_config: maybe('inline'),
      http_filters: hole('filters'),
      strip_trailing_host_dot: true,
      normalize_path: true,
      merge_slashes: true,
      path_with_escaped_slashes_action: 'REJECT_REQUEST',
      use_remote_address: hole('remote'),
      skip_xff_append: hole('skip'),
      xff_num_trusted_hops: hole('hops'),
      internal_address_config: { cidr_ranges: [{ address_prefix: '255.255.255.255', prefix_len: 32 }] },
      forward_client_cert_details: 'SANITIZE',
      early_header_mutation_extensions: [
        extensionForm(
          'envoy.http.early_header_mutation.header_mutation',
          'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation',
          { mutations: hole('early') },
        ),
      ],
      stream_idle_timeout: '0s',
      request_timeout: '0s',
      request_headers_timeout: isEdge ? '60s' : '0s',
      common_http_protocol_options: {
        idle_timeout: '3600s',
        headers_with_underscores_action: 'ALLOW',
        max_headers_count: 100,
      },
      max_request_headers_kb: 60,
      http2_protocol_options: {
        allow_connect: true,
        max_concurrent_streams: isEdge ? 100 : 1024,
        ...(isEdge && {
          initial_stream_window_size: 65_536,
          initial_connection_window_size: 1_048_576,
        }),
      },
      generate_request_id: hole('ids'),
      preserve_external_request_id: true,
      tracing: maybe('tracing'),
      access_log: hole('log'),
      server_header_transformation: 'PASS_THROUGH',
      upgrade_configs: [{ upgrade_type: 'websocket' }],
      local_reply_config: { mappers: hole('mappers') },
    },
  );
}

/** Reads the filter of a connection that speaks HTTP. */
export function readManager(reading: Reading, field: Field, place: ManagerPlace): ReadManager {
  const { isEdge } = place;
  const got = reading.take(field, managerForm(place));
  const hops = got.hops.number() ?? 0;
  const readsAddress = isEdge || hops > 0;
  reading.take(got.remote, readsAddress);
  reading.take(got.skip, !readsAddress);
  if (!got.name.isPresent && !got.inline.isPresent) reading.report(field, 'routes');
  reading.take(got.log, []);
  const filters = readFilters(reading, got.filters, isEdge);
  const early = readEarly(reading, got.early, place.notesClient);
  const isTraced = got.tracing.isPresent;
  if (isTraced) reading.report(got.tracing, 'no tracing, which this reader has no form for');
  reading.take(got.ids, isTraced);
  reading.managers.push({
    field,
    removesCheckHeader: early.removesCheckHeader,
    answersChecks: filters[0]?.at('name').value === 'envoy.filters.http.health_check',
  });
  return {
    routesPath: got.source.isPresent ? reading.revisionPath(got.source) : '',
    routesName: got.name.text() ?? '',
    rds: got.source,
    inline: got.inline,
    filters,
    ownHeaders: early.ownHeaders,
    checksTokens: readReplies(reading, got.mappers, place.marksFailures),
    hops,
  };
}

function readFilters(reading: Reading, list: Field, isEdge: boolean): readonly Field[] {
  const filters = [...list.items()];
  const first: readonly Form[] = isEdge ? [unsafeFilter, edgeFilter] : [unsafeFilter];
  for (const form of first) {
    const filter = filters.shift();
    if (filter === undefined) reading.report(list, 'the filters that every manager has');
    else reading.check(filter, form);
  }
  const last = filters.pop();
  if (last === undefined) reading.report(list, 'a router as the last filter');
  else reading.take(last, routerFilter);
  return filters;
}

function readEarly(
  reading: Reading,
  list: Field,
  notesClient: boolean,
): { readonly ownHeaders: readonly string[]; readonly removesCheckHeader: boolean } {
  const [first, ...others] = list.items();
  if (first === undefined) reading.report(list, 'the removal of headers that steer proxies');
  else reading.take(first, withoutEnvoyHeaders);
  const ownHeaders: string[] = [];
  let removesCheckHeader = false;
  if (notesClient) {
    const last = others.pop();
    if (last === undefined) reading.report(list, 'the identity of the client');
    else reading.take(last, clientIdentity);
  }
  for (const one of others) {
    if (fits(one.value, { remove: 'x-meshwright-check' })) {
      one.carried();
      removesCheckHeader = true;
      continue;
    }
    const header = removedHeader(one);
    if (header === undefined) reading.report(one, 'the removal of a header');
    else ownHeaders.push(header);
  }
  return { ownHeaders, removesCheckHeader };
}

/** Reads the removal of a header, also with underscores in its name. */
function removedHeader(field: Field): string | undefined {
  if (fits(field.value, { remove: hole('name') })) {
    const name = field.at('remove').text() ?? '';
    return name.includes('-') ? undefined : name;
  }
  if (!fits(field.value, { remove_on_match: { key_matcher: { safe_regex: { regex: hole('regex') } } } }))
    return undefined;
  const regex = field.along('remove_on_match', 'key_matcher', 'safe_regex', 'regex').text() ?? '';
  const name = regex.replaceAll('[-_]', '-').replace(/\\(.)/g, '$1');
  return regex === quoted(name).replaceAll('-', '[-_]') ? name : undefined;
}

function quoted(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

/** Reads the replies that the proxy makes itself; returns true if bad tokens are among them. */
function readReplies(reading: Reading, list: Field, marksFailures: boolean): boolean {
  const items = list.items();
  const usual: readonly Form[] = marksFailures ? [unsafeReply, ...failureReplies] : [unsafeReply];
  const hasTokens = items.length === usual.length + tokenReplies.length;
  reading.check(list, hasTokens ? [...usual, ...tokenReplies] : usual);
  return hasTokens;
}
