import { defined, unlessEmpty } from '../../../import/defined.ts';
import type { Field } from '../../../import/field.ts';
import { isHostPattern, isPath } from '../../../import/written-values.ts';
import type { Backend, Mirror, Redirect, Respond, Rewrite, RouteRule } from '../../../spec/types.gen.ts';
import { account, idle, lost } from './account.ts';
import { readDuration } from './durations.ts';
import { readOverrides } from './filter-overrides.ts';
import { readRetries } from './retries.ts';
import { readShare } from './shares.ts';

/** Returns the name of the service of a cluster; undefined if calls can't reach it. */
export type FindService = (cluster: string) => string | undefined;

/** Reads the action of a route that sends requests on. */
export function readForward(action: Field, find: FindService, outerRetries: Field): RouteRule {
  const backends = readBackends(action, find);
  const retry = action.at('retry_policy').isPresent ? action.at('retry_policy') : outerRetries;
  const mirror = readMirrors(action.at('request_mirror_policies'), find);
  const rewrite = readRewrite(action);
  const timeout = readDuration(action.at('timeout'));
  account(action, {
    append_x_forwarded_host: lost('the header x-forwarded-host is not added'),
    cluster_not_found_response_code: idle('the cluster is there'),
    cors: lost('write cors'),
    early_data_policy: idle('requests in early data are answered as the proxy does'),
    flush_timeout: idle('it ends connections that nobody reads'),
    hash_policy: lost('callers are not kept on one instance: write loadBalancing.affinity'),
    hedge_policy: lost('a request is not sent to a second instance while the first is waited for'),
    idle_timeout: lost('a request that is silent is waited for as long as the timeout lets it'),
    include_vh_rate_limits: idle('the limits are lost'),
    internal_redirect_policy: lost('redirects of the server go to the caller'),
    max_grpc_timeout: lost('the timeout of a call of gRPC is that of the rule'),
    max_stream_duration: lost('the timeout of the rule limits the request'),
    metadata_match: lost('subsets of instances are not told apart: write versions'),
    priority: lost('all requests have the limits of the usual priority'),
    rate_limits: lost('requests over the limit are served'),
    upgrade_configs: idle('connections can be upgraded to websockets'),
  });
  const headers = { ...(mirror.length > 0 && { mirror }), ...defined({ rewrite }) };
  const clusters = action.along('weighted_clusters', 'clusters').items();
  if (clusters.some((item) => readOverrides(item).closes === true)) return { respond: { status: 403 } };
  if (backends.length === 0) return { respond: { status: 503 } };
  return { backends, ...defined({ timeout, retries: readRetries(retry) }), ...headers };
}

function readBackends(action: Field, find: FindService): readonly Backend[] {
  const cluster = action.at('cluster');
  const name = cluster.text();
  for (const other of ['cluster_header', 'cluster_specifier_plugin', 'inline_cluster_specifier_plugin'])
    action.at(other).lost({ callers: 'these requests are answered with 503: the spec names the service' });
  if (name !== undefined) {
    const service = find(name);
    if (service === undefined)
      cluster.lost({
        callers: 'the cluster is not among the input, so that these requests are answered with 503',
      });
    return service === undefined ? [] : [{ service }];
  }
  const weighted = action.at('weighted_clusters');
  account(weighted, {
    total_weight: idle('the sum of the weights is the whole'),
    runtime_key_prefix: lost('the weights are the written ones'),
    header_name: lost('each request is drawn anew'),
    use_hash_policy: lost('each request is drawn anew'),
  });
  return weighted
    .at('clusters')
    .items()
    .flatMap((item): readonly Backend[] => {
      account(item, {
        host_rewrite_literal: lost('the host stays as it is'),
        metadata_match: lost('subsets of instances are not told apart: write versions'),
        request_headers_to_add: lost('changes of headers hold for a whole rule'),
        request_headers_to_remove: lost('changes of headers hold for a whole rule'),
        response_headers_to_add: lost('changes of headers hold for a whole rule'),
        response_headers_to_remove: lost('changes of headers hold for a whole rule'),
      });
      const weight = item.at('weight').number() ?? 0;
      const service = find(item.at('name').text() ?? '');
      if (service === undefined)
        item.lost({ callers: 'the cluster is not among the input, so that the other ones take its share' });
      return service === undefined ? [] : [{ service, weight }];
    });
}

function readMirrors(list: Field, find: FindService): readonly Mirror[] {
  return list.items().flatMap((item): readonly Mirror[] => {
    const service = find(item.at('cluster').text() ?? '');
    const percent = readShare(item.at('runtime_fraction'));
    account(item, {
      trace_sampled: idle('it marks spans'),
      disable_shadow_host_suffix_append: lost('the host of the copy ends with -shadow'),
      request_headers_mutations: lost('the copy is the request'),
      host_rewrite_literal: lost('the host of the copy is that of the request'),
      cluster_header: lost('no copies are sent'),
    });
    if (service === undefined)
      item.lost({ callers: 'no copies are sent: the cluster is not among the input' });
    return service === undefined || percent === 0 ? [] : [{ service, ...defined({ percent }) }];
  });
}

function readRewrite(action: Field): Rewrite | undefined {
  const prefix = action.at('prefix_rewrite');
  const text = prefix.text();
  const host = action.at('host_rewrite_literal');
  const name = (host.text() ?? action.at('host_rewrite').text())?.toLowerCase();
  for (const other of ['regex_rewrite', 'path_rewrite_policy', 'path_rewrite'])
    action.at(other).lost({ callers: 'the path stays as it is: a rewrite has a fixed text' });
  for (const other of ['auto_host_rewrite', 'host_rewrite_header', 'host_rewrite_path_regex'])
    action.at(other).lost({ callers: 'the host stays as it is: a rewrite has a fixed name' });
  const isKnown = name === undefined || isHostPattern(name.replace(/:\d+$/, ''));
  if (!isKnown) host.lost({ callers: 'the host stays as it is: this is no name' });
  if (text !== undefined && !isPath(text))
    prefix.lost({ callers: 'the path stays as it is: this is no path' });
  return unlessEmpty(
    defined({
      path: text !== undefined && isPath(text) ? { replacePrefix: text } : undefined,
      host: isKnown ? name : undefined,
    }),
  );
}

const statuses: Readonly<Record<string, Redirect['status']>> = {
  MOVED_PERMANENTLY: 301,
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
};

/** Reads the action of a route that answers with a redirect; 301 unless it says more. */
export function readRedirect(field: Field): Redirect {
  const isHttps = field.at('https_redirect').boolean() === true;
  const scheme = field.at('scheme_redirect').text();
  const host = field.at('host_redirect').text()?.toLowerCase();
  const path = field.at('path_redirect').text();
  const prefix = field.at('prefix_rewrite').text();
  field.at('regex_rewrite').lost({ callers: 'the path stays as it is: a redirect has a fixed text' });
  const query = field.at('strip_query');
  if (query.boolean() === true) query.lost({ callers: 'the query stays' });
  const isHost = host !== undefined && isHostPattern(host) && !host.startsWith('*');
  if (host !== undefined && !isHost) field.at('host_redirect').lost({ callers: 'the host stays as it is' });
  return {
    ...defined({
      scheme: isHttps ? ('https' as const) : (['http', 'https'] as const).find((one) => one === scheme),
      host: isHost ? host : undefined,
      port: field.at('port_redirect').port(),
      path: path !== undefined && isPath(path) ? path : undefined,
    }),
    ...(prefix !== undefined && isPath(prefix) && { path: { replacePrefix: prefix } }),
    status: statuses[field.at('response_code').text() ?? 'MOVED_PERMANENTLY'] ?? 301,
  };
}

/** Reads the action of a route that answers by itself. */
export function readResponse(field: Field): Respond {
  const status = field.at('status').number() ?? 200;
  const body = field.at('body');
  const text = body.at('inline_string').text();
  for (const other of ['filename', 'inline_bytes', 'environment_variable'])
    body.at(other).lost({ callers: 'the answer has no body' });
  return { status: status >= 200 && status <= 599 ? status : 200, ...defined({ body: text }) };
}
