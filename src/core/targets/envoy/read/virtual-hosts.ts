import { defined, unlessEmpty } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import { account, idle, lost } from './account.ts';
import { readOverrides } from './filter-overrides.ts';
import { readHeaderChanges } from './header-changes.ts';
import { type FindService, readForward, readRedirect, readResponse } from './route-actions.ts';
import { readRouteMatch } from './route-matches.ts';

/** The routes of hosts. */
export interface ReadHost {
  readonly name: string;
  /** Empty for every host. */
  readonly hostnames: readonly string[];
  readonly rules: readonly RouteRule[];
  readonly field: Field;
  /** True if every request is sent to https first. */
  readonly needsTls: boolean;
}

/** Reads a RouteConfiguration. */
export function readRouteConfiguration(config: Field, find: FindService): readonly ReadHost[] {
  config.at('@type').text();
  config.at('name').text();
  account(config, {
    cluster_specifier_plugins: lost('the spec names the service of each rule'),
    ignore_path_parameters_in_path_matching: lost('parameters in paths are parts of them'),
    ignore_port_in_host_matching: idle('hosts are compared without their port'),
    internal_only_headers: lost('these headers of callers pass'),
    max_direct_response_body_size_bytes: idle('answers have the written body'),
    most_specific_header_mutations_wins: idle('the changes of a rule win'),
    request_mirror_policies: lost('copies are sent for single rules'),
    validate_clusters: idle('clusters that are not there are named by the import'),
    vhds: lost('a server gives hosts while the proxy runs: read what it gives as a file'),
  });
  const outer = readHeaderChanges(config);
  const { closes } = readOverrides(config);
  return config
    .at('virtual_hosts')
    .items()
    .flatMap((host) => readVirtualHost(host, { find, headers: outer, closes: closes === true }));
}

interface HostContext {
  readonly find: FindService;
  readonly headers: RouteRule['headers'];
  readonly closes: boolean;
}

function readVirtualHost(
  host: Field,
  { find, headers: outer, closes: isClosed }: HostContext,
): readonly ReadHost[] {
  const name = host.at('name').text() ?? '';
  const domains = host.at('domains').items();
  const hostnames = domains.flatMap(readDomain);
  const headers = readHeaderChanges(host, outer);
  const overrides = readOverrides(host);
  const tls = host.at('require_tls');
  const needsTls = tls.text() === 'ALL';
  if (tls.value === 'EXTERNAL_ONLY') tls.lost({ callers: 'callers of other networks may come without TLS' });
  account(host, {
    cors: lost('write cors'),
    hedge_policy: lost('a request is not sent to a second instance while the first is waited for'),
    include_attempt_count_in_response: lost('the header x-envoy-attempt-count is missing'),
    include_request_attempt_count: lost('the header x-envoy-attempt-count is missing'),
    include_is_timeout_retry_header: lost('the header x-envoy-is-timeout-retry is missing'),
    matcher: lost('these requests are answered with 404: write rules'),
    metadata: idle('metadata is for other tools'),
    per_request_buffer_limit_bytes: idle('it limits the memory of the proxy'),
    rate_limits: lost('requests over the limit are served'),
    request_body_buffer_limit: idle('it limits the memory of the proxy'),
    request_mirror_policies: lost('copies are sent for single rules'),
    retry_policy_typed_config: lost('nothing is tried again'),
    virtual_clusters: idle('they count'),
  });
  const rules = host
    .at('routes')
    .items()
    .flatMap((route) =>
      readRoute(route, {
        find,
        headers,
        retries: host.at('retry_policy'),
        cors: overrides.cors,
        closes: isClosed || overrides.closes === true,
      }),
    );
  if (
    hostnames.length < domains.length &&
    hostnames.length === 0 &&
    !domains.some(({ value }) => value === '*')
  )
    return [];
  const isForAll = domains.some(({ value }) => value === '*');
  return [
    {
      name: dnsLabel(name) ?? 'hosts',
      hostnames: isForAll ? [] : [...new Set(hostnames)],
      rules,
      field: host,
      needsTls,
    },
  ];
}

/** Hosts are compared without their port. */
function readDomain(field: Field): readonly string[] {
  const text = (field.text() ?? '').toLowerCase();
  const host = text.replace(/:(?:\d+|\*)$/, '');
  if (text === '*') return [];
  if (isHostPattern(host)) return [host];
  field.lost({ callers: 'requests for these hosts get 404: a star stands for whole labels in front' });
  return [];
}

interface RouteContext {
  readonly find: FindService;
  readonly headers: RouteRule['headers'];
  readonly retries: Field;
  readonly cors: RouteRule['cors'];
  readonly closes: boolean;
}

function readRoute(
  route: Field,
  { find, headers: outer, retries, cors: outerCors, closes: isClosed }: RouteContext,
): readonly RouteRule[] {
  route.at('name').withoutEffect('names of routes stand in logs alone');
  account(route, {
    decorator: idle('it names spans'),
    filter_action: lost('what the filters do is not in the spec'),
    metadata: idle('metadata is for other tools'),
    per_request_buffer_limit_bytes: idle('it limits the memory of the proxy'),
    request_body_buffer_limit: idle('it limits the memory of the proxy'),
    stat_prefix: idle('it names counters'),
    tracing: lost('all spans are sampled alike'),
  });
  const match = readRouteMatch(route.at('match'));
  const headers = readHeaderChanges(route, outer);
  const overrides = readOverrides(route);
  const action = readAction(route, find, retries);
  if (match === undefined || action === undefined) return [];
  if (isClosed || overrides.closes === true) return [{ ...matchOf(match), respond: { status: 403 } }];
  const isAnswer = action.backends === undefined;
  const kept = isAnswer ? unlessEmpty(defined({ response: headers?.response })) : headers;
  const cors = overrides.cors ?? outerCors;
  return [{ ...matchOf(prefixed(match, action)), ...action, ...defined({ headers: kept, cors }) }];
}

function readAction(route: Field, find: FindService, retries: Field): RouteRule | undefined {
  if (route.at('route').isPresent) return readForward(route.at('route'), find, retries);
  if (route.at('redirect').isPresent) return { redirect: readRedirect(route.at('redirect')) };
  if (route.at('direct_response').isPresent) return { respond: readResponse(route.at('direct_response')) };
  const other = route.at('non_forwarding_action');
  if (other.isPresent) other.lost({ callers: 'a proxy of servers takes no such route' });
  return undefined;
}

function matchOf(match: RouteMatch): Pick<RouteRule, 'match'> {
  return Object.keys(match).length === 0 ? {} : { match: [match] };
}

/** A replaced prefix needs one in the match. */
function prefixed(match: RouteMatch, { rewrite, redirect }: RouteRule): RouteMatch {
  const path = rewrite?.path ?? redirect?.path;
  const replaces = typeof path === 'object' && 'replacePrefix' in path;
  return replaces && match.path === undefined ? { ...match, path: { startsWith: '/' } } : match;
}
