import { fieldsOf, isValue, listOf, messageOf } from './message.ts';
import { filterPlace, managerPlace, type Patch } from './patch.ts';
import type { PatchBook } from './patch-book.ts';

/**
 * Reads patches by which every proxy treats requests as each mesh of the language does: unsafe paths and hosts are refused with
 * 400, headers that steer proxies are dropped, and a missing token gets 401.
 */
export function readRequestChecks(book: PatchBook): void {
  for (const patch of book.all) {
    if (!isForAll(patch)) continue;
    if (refusesUnsafe(patch) || changesAsUsual(patch)) book.carry(patch);
  }
}

/** All sidecars and gateways, or all waypoints. */
function isForAll({ scope, context }: Patch): boolean {
  if (scope.type === 'waypoint') return scope.name === 'all' && context === 'SIDECAR_INBOUND';
  return scope.type === 'all' && context === 'ANY';
}

/** Returns true for a filter before all others that refuses unsafe requests alone. */
function refusesUnsafe(patch: Patch): boolean {
  const value = fieldsOf(patch.value, ['name', 'typed_config']);
  const config = messageOf(value?.['typed_config'], 'envoy.extensions.filters.http.rbac.v3.RBAC', [
    'rules',
    'rules_stat_prefix',
  ]);
  const rules = fieldsOf(config?.['rules'], ['action', 'policies']);
  if (filterPlace(patch)?.position !== 'first' || rules?.['action'] !== 'DENY') return false;
  const policies = rules['policies'];
  if (typeof policies !== 'object' || policies === null) return false;
  return Object.entries(policies).every(([name, policy]) => name.startsWith('unsafe-') && isUnsafe(policy));
}

function isUnsafe(policy: unknown): boolean {
  const fields = fieldsOf(policy, ['permissions', 'principals']);
  const permissions = listOf(fields?.['permissions']) ?? [];
  return (
    permissions.length > 0 &&
    permissions.every((one) => unsafe.some((known) => isValue(one, known)) || isPadded(one)) &&
    isValue(fields?.['principals'], [{ any: true }])
  );
}

const expression = (name: string, regex: string) => ({
  header: { name, string_match: { safe_regex: { regex } } },
});

/** Requests that no mesh of the language serves: dots before a semicolon, bytes beyond ASCII in a query, two dots after a host. */
const unsafe = [
  { url_path: { path: { safe_regex: { regex: '/(?:.*/)?\\.\\.?;.*' } } } },
  expression(':path', '[^?]*\\?[!-~]*[^!-~].*'),
  { header: { name: 'x-forwarded-proto', string_match: { exact: '' } } },
  expression(':authority', '.*\\.(?::[^.]*)?'),
];

/** Returns true for blanks around the value of a header. */
function isPadded(permission: unknown): boolean {
  const header = fieldsOf(fieldsOf(permission, ['header'])?.['header'], ['name', 'string_match']);
  const match = { safe_regex: { regex: '[ \\t].*|.*[ \\t]' } };
  return typeof header?.['name'] === 'string' && isValue(header['string_match'], match);
}

const manager = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** Returns true for changes of what reads requests that leave requests as the language has them. */
function changesAsUsual(patch: Patch): boolean {
  const value = fieldsOf(patch.value, ['name', 'typed_config']);
  const names = [...Object.keys(usual), 'early_header_mutation_extensions', 'local_reply_config'];
  const config = messageOf(value?.['typed_config'], manager, names);
  if (managerPlace(patch) === undefined || config === undefined) return false;
  const {
    '@type': _type,
    early_header_mutation_extensions: early,
    local_reply_config: replies,
    ...rest
  } = config;
  return (
    Object.entries(rest).every(([name, one]) => one === usual[name]) &&
    (early === undefined || dropsSteering(early)) &&
    (replies === undefined || repliesAsUsual(replies))
  );
}

const usual: Readonly<Record<string, boolean | string>> = {
  merge_slashes: true,
  normalize_path: true,
  path_with_escaped_slashes_action: 'REJECT_REQUEST',
  server_header_transformation: 'PASS_THROUGH',
  strip_trailing_host_dot: true,
};

/** Request headers by which callers steer the tries, times and traces of a proxy. */
const steering: ReadonlySet<unknown> = new Set([
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
]);

function dropsSteering(extensions: unknown): boolean {
  const message = 'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation';
  return (
    listOf(extensions)?.every((one) => {
      const config = messageOf(fieldsOf(one, ['name', 'typed_config'])?.['typed_config'], message, [
        'mutations',
      ]);
      return (
        listOf(config?.['mutations'])?.every((change) =>
          steering.has(fieldsOf(change, ['remove'])?.['remove']),
        ) === true
      );
    }) === true
  );
}

/** Answers of the proxy itself whose status the language gives: 400 for unsafe requests, and 401 for tokens. */
const statuses: Readonly<Record<string, number>> = {
  "response.code_details.startsWith('rbac_access_denied_matched_policy[unsafe-')": 400,
  "response.code_details.startsWith('jwt_authn_access_denied')": 401,
  "response.code_details.matches('^rbac_access_denied_matched_policy[[]ns[[][^]]*[]]-policy[[]token[.][^]]*[]]-rule[[][0-9]+[]][]]$')": 401,
};

function repliesAsUsual(config: unknown): boolean {
  const mappers = listOf(fieldsOf(config, ['mappers'])?.['mappers']);
  return (
    mappers?.every((one) => {
      const mapper = fieldsOf(one, ['filter', 'status_code', 'body']);
      const filter = fieldsOf(fieldsOf(mapper?.['filter'], ['extension_filter'])?.['extension_filter'], [
        'name',
        'typed_config',
      ]);
      const message = 'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter';
      const text = messageOf(filter?.['typed_config'], message, ['expression'])?.['expression'];
      const body = mapper?.['body'];
      return (
        typeof text === 'string' &&
        statuses[text] === mapper?.['status_code'] &&
        (body === undefined || (statuses[text] === 400 && isValue(body, { inline_string: '' })))
      );
    }) === true
  );
}
