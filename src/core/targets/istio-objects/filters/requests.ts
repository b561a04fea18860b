import type { Ir } from '../../../ir/ir.ts';
import type { Json, ObjectArtifact } from '../../artifact.ts';
import { headersOfRoutes, headersOfServer } from '../../envoy-filters/read-headers.ts';
import { isUnsafeRequest, unsafePaths, unsafeRequestRules } from '../../envoy-filters/unsafe-requests.ts';
import type { Fields } from '../../kubernetes-objects/fields.ts';
import type { ConfigPatch } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { callerHeader } from '../networking/callers.ts';
import { envoyFilter, type FilterPlace, insertFirst, mergeConnectionManager, typed } from './envoy-filter.ts';

/**
 * Returns the filters for requests at every proxy of the mesh: they ensure safe paths, header values without blanks
 * around them and hosts without a dot at their end, remove headers that steer the proxy, and answer 401 for a bad
 * token.
 */
export function requestFilters(ir: Ir, { rootNamespace, mode }: LoweringOptions): readonly ObjectArtifact[] {
  const common = {
    namespace: rootNamespace,
    from: `Mesh/${ir.name}`,
    origins: [ir.origin],
    reason:
      'Istio has no setting that refuses paths with an encoded slash or dots hidden before a semicolon, none that refuses blanks around a value of a header over HTTP/2, none that drops the dot at the end of a host, none that drops the headers by which callers steer retries and timeouts of a proxy, and answers 403 where a token is missing',
  };
  const beside = envoyFilter({ ...common, name: 'mesh-requests', patches: patches(ir, { context: 'ANY' }) });
  if (mode !== 'ambient') return [beside];
  const place = { context: 'SIDECAR_INBOUND', waypoint: 'all' } as const;
  const noting = routesByCaller(ir) ? noted : {};
  return [
    beside,
    envoyFilter({
      ...common,
      name: 'waypoint-requests',
      waypoint: 'all',
      patches: patches(ir, place, noting),
    }),
  ];
}

function patches(ir: Ir, place: FilterPlace, more: Fields = {}): readonly ConfigPatch[] {
  const fields = {
    ...paths,
    ...early(steering),
    ...replies(ir),
    server_header_transformation: 'PASS_THROUGH',
    ...more,
  };
  return [
    ...insertFirst(
      place,
      unsafePaths,
      typed('envoy.extensions.filters.http.rbac.v3.RBAC', unsafeRequestRules(readHeaders(ir))),
    ),
    mergeConnectionManager(place, fields),
  ];
}

/** Returns the headers that any proxy of the mesh reads: one object applies to all proxies. */
function readHeaders(ir: Ir): readonly string[] {
  const services = Object.values(ir.services);
  const gateways = Object.values(ir.gateways);
  const routes = [
    ...[...services, ...Object.values(ir.externals)].flatMap(({ ports }) => ports.map(({ route }) => route)),
    ...gateways.flatMap(({ listeners }) =>
      listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)),
    ),
  ];
  const names = [...headersOfRoutes(ir, routes), ...[...services, ...gateways].flatMap(headersOfServer)];
  return [...new Set(names)].sort();
}

const paths: Fields = {
  strip_trailing_host_dot: true,
  normalize_path: true,
  merge_slashes: true,
  path_with_escaped_slashes_action: 'REJECT_REQUEST',
};

/** Request headers that Envoy's router and tracer obey. Headers with the peer's metadata are Istio's own and stay. */
const steeringHeaders = [
  'x-envoy-decorator-operation',
  'x-envoy-expected-rq-timeout-ms',
  'x-envoy-force-trace',
  'x-envoy-hedge-on-per-try-timeout',
  'x-envoy-max-retries',
  'x-envoy-original-dst-host',
  'x-envoy-retriable-header-names',
  'x-envoy-retriable-status-codes',
  'x-envoy-retry-grpc-on',
  'x-envoy-retry-on',
  'x-envoy-upstream-alt-stat-name',
  'x-envoy-upstream-rq-per-try-timeout-ms',
  'x-envoy-upstream-rq-timeout-alt-response',
  'x-envoy-upstream-rq-timeout-ms',
  'x-envoy-upstream-stream-duration-ms',
];

const steering: readonly Json[] = steeringHeaders.map((remove) => ({ remove }));

/** Returns changes of headers before a route is chosen. */
function early(mutations: readonly Json[]): Fields {
  const message = 'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation';
  return {
    early_header_mutation_extensions: [
      {
        name: 'envoy.http.early_header_mutation.header_mutation',
        typed_config: typed(message, { mutations }),
      },
    ],
  };
}

/**
 * Records the identity of callers for the routes of a waypoint, as its ztunnel reported it; applications don't receive
 * it.
 */
const noted: Fields = {
  ...early([
    ...steering,
    {
      append: {
        header: { key: callerHeader, value: '%FILTER_STATE(io.istio.peer_principal:PLAIN)%' },
        append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
      },
    },
  ]),
  route_config: { request_headers_to_remove: [callerHeader] },
};

function routesByCaller({ services, externals }: Ir): boolean {
  return [...Object.values(services), ...Object.values(externals)].some(({ ports }) =>
    ports.some(({ route }) =>
      route.rules.some(({ matches }) => matches.some(({ from }) => from !== undefined)),
    ),
  );
}

const unsafeReply: Json = { ...replyWith(isUnsafeRequest, 400), body: { inline_string: '' } };

function replies(ir: Ir): Fields {
  const checked = [...Object.values(ir.services), ...Object.values(ir.gateways)].some(
    ({ authentication }) => authentication !== undefined,
  );
  return { local_reply_config: { mappers: [unsafeReply, ...(checked ? tokenReplies : [])] } };
}

/**
 * Mappers of local replies. Policies that refuse requests without a token have names that begin with `token.`
 * (`token-policies`).
 */
const tokenReplies: readonly Json[] = [
  "response.code_details.startsWith('jwt_authn_access_denied')",
  "response.code_details.matches('^rbac_access_denied_matched_policy[[]ns[[][^]]*[]]-policy[[]token[.][^]]*[]]-rule[[][0-9]+[]][]]$')",
].map((expression) => replyWith(expression, 401));

function replyWith(expression: string, status: number): { readonly [key: string]: Json } {
  return {
    filter: {
      extension_filter: {
        name: 'envoy.access_loggers.extension_filters.cel',
        typed_config: typed('envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter', {
          expression,
        }),
      },
    },
    status_code: status,
  };
}
