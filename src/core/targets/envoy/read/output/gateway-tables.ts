import type { Field } from '../../../../import/field.ts';
import type { Principal, RouteRule } from '../../../../spec/types.gen.ts';
import type { AccessReading, ReadRules as ReadAccess } from './access.ts';
import type { FindBackend } from './actions.ts';
import { readAddress } from './addresses.ts';
import { readCallers } from './caller-conditions.ts';
import { failureHeaders, type ReadManager } from './connection-manager.ts';
import { readLimits } from './extras.ts';
import { hole, maybe } from './forms.ts';
import { readAccess } from './inbound-routes.ts';
import { isNowhere } from './outbound.ts';
import type { Reading } from './reading.ts';
import { redirectOf } from './redirects.ts';
import { headersOfRules, readRefused } from './refused-headers.ts';
import { type ReadRoute, readRoutes, rulesOf } from './rules.ts';

/** The place of a table of a gateway. */
export interface TablePlace {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly find: FindBackend;
  /** True if no other listener has the port. */
  readonly isAlone: boolean;
  readonly hops: number;
  /** The filters that check requests before they are routed. */
  readonly serverFilters: readonly string[];
}

/** The routes of a listener. */
export interface ReadGatewayTable {
  readonly access: ReadAccess;
  readonly hosts: ReadonlyMap<string, readonly RouteRule[]>;
  /** The names of the Routes of the hosts. */
  readonly names: ReadonlyMap<string, string>;
  /** True if requests are sent to https. */
  readonly redirects: boolean;
}

/** Reads the file with the routes of a listener. */
export function readGatewayTable(
  reading: Reading,
  manager: ReadManager,
  place: TablePlace,
): ReadGatewayTable {
  const [config] = reading.resources(
    manager.routesPath,
    'envoy.config.route.v3.RouteConfiguration',
    manager.rds,
  );
  const closed: ReadAccess = { closed: true, allow: new Map(), deny: new Map() };
  if (config === undefined) return { access: closed, hosts: new Map(), names: new Map(), redirects: false };
  const got = reading.take(config, {
    '@type': hole('type'),
    name: manager.routesName,
    virtual_hosts: hole('hosts'),
    validate_clusters: false,
    max_direct_response_body_size_bytes: 1_048_576,
    response_headers_to_remove: [...failureHeaders],
    ignore_port_in_host_matching: true,
    request_headers_to_remove: ['x-meshwright-client'],
    typed_per_filter_config: {
      'access-deny': hole('deny'),
      'access-allow': hole('allow'),
      'unsafe-paths': maybe('refused'),
    },
  });
  const headers = new Set<string>();
  const more: Partial<AccessReading> = { address: readAddress(reading, place.hops) };
  const access = readAccess(reading, got.deny, got.allow, headers, more);
  const hosts = new Map<string, readonly RouteRule[]>();
  const names = new Map<string, string>();
  let redirects = false;
  let hasRest = false;
  for (const field of got.hosts.items()) {
    const read = readHost(reading, field, place);
    for (const name of read.headers) headers.add(name);
    redirects ||= read.redirects;
    if (read.host === '*') hasRest = true;
    if (read.host !== undefined && !read.isRest) {
      hosts.set(read.host, read.rules);
      if (read.route !== undefined) names.set(read.host, read.route);
    }
  }
  if (!hasRest) reading.report(got.hosts, '404 for the hosts that no rule names');
  if (redirects && place.hops > 0) headers.add('x-forwarded-proto');
  readRefused(reading, got.refused, headers, config);
  return { access, hosts, names, redirects };
}

interface ReadHost {
  readonly host: string | undefined;
  readonly route?: string | undefined;
  readonly rules: readonly RouteRule[];
  readonly headers: readonly string[];
  readonly redirects: boolean;
  /** True for the answer to hosts that no rule names. */
  readonly isRest: boolean;
}

function readHost(reading: Reading, field: Field, place: TablePlace): ReadHost {
  const { name, domains, config, list } = reading.take(field, {
    name: hole('name'),
    domains: hole('domains'),
    typed_per_filter_config: maybe('config'),
    routes: hole('list'),
  });
  name.withoutEffect('it is a name in logs');
  const [host, ...others] = domains.texts() ?? [];
  const routes = [...readRoutes(reading, list.items(), place.find)];
  const nothing = { host, rules: [], headers: [], redirects: false, isRest: true } as const;
  const last = routes.pop();
  if (last === undefined) {
    reading.report(list, 'an answer for requests without a rule');
    return nothing;
  }
  const off = last.extras.off;
  if (routes.length === 0 && last.action.type === 'respond' && last.action.status === 421) {
    checkOff(reading, last, place);
    return { ...nothing, host: undefined };
  }
  if (!isNowhere(last)) reading.report(last.field, '404 for requests without a rule');
  if (off.length > 0) checkOff(reading, last, place);
  if (others.length > 0) reading.report(domains, 'one host');
  const limits = readLimits(reading, config);
  const toHttps = routes.filter((route) => route.name === 'to-https');
  if (toHttps.length > 0) checkRedirect(reading, toHttps, place, host ?? '*');
  const rest = routes.filter((route) => route.name !== 'to-https');
  const read = rulesOf(reading, rest, {
    names: host === undefined || host.startsWith('*') ? [] : [host],
    scheme: place.scheme,
    port: place.port,
    isService: false,
    limits,
    callers: (one: Field): readonly Principal[] => readCallers(reading, one),
  });
  return {
    host,
    route: read.route,
    rules: read.rules,
    headers: headersOfRules(read),
    redirects: toHttps.length > 0,
    isRest: host === '*' && routes.length === 0,
  };
}

/** Requests that are answered before the checks of the server pass none of them. */
function checkOff(reading: Reading, { extras, field }: ReadRoute, { serverFilters }: TablePlace): void {
  if ([...extras.off].sort().join() !== [...serverFilters].sort().join())
    reading.report(field, 'none of the checks of the gateway');
}

/** Requests are sent to the port of the https listener for their host. */
function checkRedirect(
  reading: Reading,
  routes: readonly ReadRoute[],
  place: TablePlace,
  host: string,
): void {
  const plain = routes.map((route) => ({ ...route, match: { ...route.match, isPlain: false } }));
  for (const route of routes) {
    checkOff(reading, route, place);
    if (route.match.isPlain !== place.hops > 0)
      reading.report(route.field, 'the scheme that the proxy in front has noted, and only there');
    const { path, methods, headers, cookies, query, callers } = route.match;
    if (
      [path, methods, cookies, query].some((one) => one !== undefined) ||
      headers.length + callers.length > 0
    )
      reading.report(route.field, 'all requests');
  }
  const names = host.startsWith('*') ? [] : [host];
  const { rule } = redirectOf(reading, plain, {
    names,
    scheme: 'http',
    port: place.port,
    isService: false,
    limits: [],
    callers: () => [],
  });
  const { scheme, port = 443, host: other, status } = rule.redirect ?? {};
  if (scheme !== 'https' || status !== 301 || other !== undefined)
    reading.report(routes[0]?.field as Field, 'a redirect to https');
  reading.httpsPorts.push({ host, port, field: routes[0]?.field as Field });
}
