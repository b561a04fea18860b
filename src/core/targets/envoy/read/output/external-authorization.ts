import type { Field } from '../../../../import/field.ts';
import type { AccessException, AccessTo, ExternalAuthorization } from '../../../../spec/types.gen.ts';
import type { AccessReading } from './access.ts';
import { readPolicies } from './access.ts';
import type { FindBackend } from './actions.ts';
import { extensionForm, hole, maybe, optional } from './forms.ts';
import type { RulesReading } from './operations.ts';
import type { Reading } from './reading.ts';
import { readTime } from './values.ts';

const always = [':authority', ':method', ':path', ':scheme', 'authorization', 'host'];

/**
 * Reads the filters that ask a service about requests, and takes them out of the list; undefined if there are none. `context` gets the
 * headers that the filters read.
 */
export function readExternalAuthorization(
  context: AccessReading,
  filters: Field[],
  find: FindBackend,
): ExternalAuthorization | undefined {
  const { reading, headers } = context;
  const asked = filters[0]?.at('name').value === 'asked' ? filters.shift() : undefined;
  const scope = asked === undefined ? {} : readAsked(context, asked);
  if (filters[0]?.at('name').value !== 'envoy.filters.http.ext_authz') {
    if (asked !== undefined) reading.report(asked, 'a filter that asks about these requests');
    return undefined;
  }
  const [filter] = filters.splice(0, 1);
  return filter === undefined
    ? undefined
    : { ...readAsking({ reading, headers }, filter, { isLimited: asked !== undefined, find }), ...scope };
}

const askingForm = extensionForm(
  'envoy.filters.http.ext_authz',
  'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz',
  {
    transport_api_version: 'V3',
    stat_prefix: 'external_authorization',
    grpc_service: optional({
      envoy_grpc: { cluster_name: hole('grpc'), authority: hole('authority') },
      timeout: hole('grpcTimeout'),
    }),
    http_service: optional({
      server_uri: { uri: hole('uri'), cluster: hole('http'), timeout: hole('httpTimeout') },
    }),
    filter_enabled_metadata: maybe('enabled'),
    failure_mode_allow: hole('open'),
    status_on_error: { code: 'Forbidden' },
    validate_mutations: true,
    allowed_headers: { patterns: hole('headers') },
    with_request_body: optional({ max_request_bytes: hole('body'), allow_partial_message: true }),
  },
);

/** Reads the filter that asks; `isLimited` if another one marks the requests that it asks about. */
function readAsking(
  { reading, headers }: RulesReading,
  filter: Field,
  { isLimited, find }: { readonly isLimited: boolean; readonly find: FindBackend },
): ExternalAuthorization {
  const got = reading.take(filter, askingForm);
  if (isLimited)
    reading.take(got.enabled, {
      filter: 'envoy.filters.http.rbac',
      path: [{ key: 'ask_shadow_engine_result' }],
      value: { string_match: { exact: 'allowed' } },
    });
  else if (got.enabled.isPresent) reading.report(got.enabled, 'no such field');
  const included = readHeaders({ reading, headers }, got.headers);
  const body = got.body.number() ?? 0;
  return {
    ...readAskedService(reading, got, find),
    onError: got.open.boolean() === true ? 'allow' : 'deny',
    ...(included.length > 0 && { includeHeaders: included }),
    ...(body > 0 && { maxBody: `${String(body)}B` }),
  };
}

function readAskedService(
  reading: Reading,
  got: Readonly<Record<'grpc' | 'authority' | 'grpcTimeout' | 'uri' | 'http' | 'httpTimeout', Field>>,
  find: FindBackend,
): Pick<ExternalAuthorization, 'service' | 'port' | 'protocol' | 'timeout'> {
  const isGrpc = got.grpc.isPresent;
  const cluster = isGrpc ? got.grpc : got.http;
  const backend = find(cluster.text() ?? '');
  if (backend?.service === undefined || backend.version !== undefined)
    reading.report(cluster, 'the cluster of a service');
  const service = backend?.service ?? '';
  const host = service.split('/').reverse().join('.');
  if (isGrpc === got.http.isPresent) reading.report(cluster, 'one service that is asked');
  if (isGrpc) reading.take(got.authority, host);
  else reading.take(got.uri, `http://${host}`);
  return {
    service,
    ...(backend?.port !== undefined && { port: backend.port }),
    protocol: isGrpc ? 'grpc' : 'http',
    timeout: readTime(reading, isGrpc ? got.grpcTimeout : got.httpTimeout),
  };
}

/** Reads the headers that the service is told; returns those beside the usual ones. */
function readHeaders({ reading, headers }: RulesReading, list: Field): readonly string[] {
  const told = list.items().map((one) => reading.take(one, { exact: hole('name') }).name.text() ?? '');
  for (const one of always) if (!told.includes(one)) reading.report(list, `the header ${one}`);
  const included = told.filter((one) => !always.includes(one));
  for (const one of included) headers.add(one);
  return included;
}

/** Reads the requests that are asked about. */
function readAsked(
  context: AccessReading,
  filter: Field,
): { readonly to?: readonly AccessTo[]; readonly except?: readonly AccessException[] } {
  const { rules } = context.reading.take(
    filter,
    extensionForm('asked', 'envoy.extensions.filters.http.rbac.v3.RBAC', {
      shadow_rules: hole('rules'),
      shadow_rules_stat_prefix: 'ask_',
    }),
  );
  const found = [...readPolicies(context, rules, 'allow').values()].flat();
  const [rule, ...others] = found;
  if (rule === undefined || others.length > 0 || rule.from !== undefined || rule.when !== undefined) {
    context.reading.report(rules, 'one rule about the requests of all callers');
    return {};
  }
  return { ...(rule.to && { to: rule.to }), ...(rule.except && { except: rule.except }) };
}
