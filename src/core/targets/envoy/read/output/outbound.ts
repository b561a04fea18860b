import type { Field } from '../../../../import/field.ts';
import type { KnownPort, KnownService } from '../../../../import/inventory.ts';
import type { Principal } from '../../../../spec/types.gen.ts';
import type { FindBackend } from './actions.ts';
import { readCallers } from './caller-conditions.ts';
import { failureHeaders } from './connection-manager.ts';
import { readLimits } from './extras.ts';
import { fits, hole, maybe } from './forms.ts';
import type { Reading } from './reading.ts';
import { headersOfRules, readRefused } from './refused-headers.ts';
import { type ReadRoute, type ReadRules, type RulesPlace, readRoutes, rulesOf } from './rules.ts';

/** The hosts of one table of routes that proxies share. */
export interface ReadTable {
  /** Rules by service and port: `shop/reviews http`. */
  readonly rules: ReadonlyMap<string, { readonly rules: ReadRules; readonly field: Field }>;
  /** Virtual hosts that no service of the mesh has. */
  readonly others: readonly Field[];
  /** Services that callers of the table find. */
  readonly services: ReadonlySet<string>;
  readonly field: Field;
}

/** The callers of a table. */
export interface TableCallers {
  readonly namespaces: ReadonlySet<string>;
  readonly find: FindBackend;
}

/** Reads the routes of the calls that applications make. */
export function readTable(reading: Reading, config: Field, callers: TableCallers): ReadTable {
  const got = reading.take(config, {
    '@type': hole('type'),
    name: 'outbound',
    virtual_hosts: hole('hosts'),
    validate_clusters: false,
    max_direct_response_body_size_bytes: 1_048_576,
    response_headers_to_remove: [...failureHeaders],
    typed_per_filter_config: maybe('config'),
  });
  const hosts = got.hosts.items().map((field) => readHost(reading, field));
  const byDomain = new Map(hosts.flatMap((host) => host.domains.map((domain) => [domain, host] as const)));
  const found: Found = { rules: new Map(), services: new Set(), claimed: new Set(), bare: new Map() };
  for (const service of reading.inventory.services)
    for (const port of requestPorts(service.ports))
      readServicePort(reading, { service, port, byDomain, callers, list: got.hosts }, found);
  const { rules, services, claimed, bare } = found;
  for (const [domain, owners] of bare) {
    const host = byDomain.get(domain);
    if (host === undefined) reading.report(got.hosts, `the host ${domain}`);
    else if (callers.namespaces.size > 1) readShared(reading, { host, owners, rules, callers });
    else if ([...owners.values()].some((key) => rules.get(key)?.field !== host.field))
      reading.report(host.field, `the routes of the service for the host ${domain}`);
  }
  for (const { domains, field } of hosts) {
    const own = domains.filter((domain) => claimed.has(domain));
    if (own.length > 0 && own.length < domains.length)
      reading.report(field.at('domains'), 'the names of one service alone');
  }
  const others = hosts.filter(({ domains }) => !domains.some((domain) => claimed.has(domain)));
  const headers = new Set([...rules.values()].flatMap(({ rules: own }) => headersOfRules(own)));
  const { refused } = got.config.isPresent
    ? reading.take(got.config, { 'unsafe-paths': hole('refused') })
    : { refused: got.config };
  readRefused(reading, refused, headers, config);
  return { rules, others: others.map(({ field }) => field), services, field: config };
}

interface Found {
  readonly rules: Map<string, { readonly rules: ReadRules; readonly field: Field }>;
  readonly services: Set<string>;
  /** Domains of services of the mesh. */
  readonly claimed: Set<string>;
  /** The service and port of each namespace, by the short names that they have there. */
  readonly bare: Map<string, Map<string, string>>;
}

interface ServicePort {
  readonly service: KnownService;
  readonly port: KnownPort;
  readonly byDomain: ReadonlyMap<string, Host>;
  readonly callers: TableCallers;
  readonly list: Field;
}

/** Reads the routes of one port of a service, if callers of the table find it. */
function readServicePort(
  reading: Reading,
  { service, port, byDomain, callers, list }: ServicePort,
  { rules, services, claimed, bare }: Found,
): void {
  const id = `${service.namespace}/${service.name}`;
  const domains = namesOf(service)
    .slice(1)
    .flatMap((name) => domainsOf(name, port, service.ports));
  const hosts = new Set(
    domains.map((domain) => {
      const one = byDomain.get(domain);
      return one === undefined || isEmpty(one) ? undefined : one;
    }),
  );
  const [host] = hosts;
  if (host === undefined && hosts.size === 1) return;
  services.add(id);
  if (host === undefined || hosts.size > 1) {
    reading.report(list, `all names of the port ${port.name} of ${id} for the same routes`);
    return;
  }
  for (const domain of domains) claimed.add(domain);
  const routes = readRoutes(reading, host.routes.items(), callers.find);
  const read = rulesOf(reading, routes, placeOf(reading, service, port, host));
  rules.set(`${id} ${port.name}`, { rules: read, field: host.field });
  if (!callers.namespaces.has(service.namespace)) return;
  for (const domain of domainsOf(service.name, port, service.ports)) {
    claimed.add(domain);
    const owners = bare.get(domain) ?? new Map<string, string>();
    bare.set(domain, owners.set(service.namespace, `${id} ${port.name}`));
  }
}

function placeOf(reading: Reading, service: KnownService, port: KnownPort, { limits }: Host): RulesPlace {
  return {
    names: namesOf(service),
    scheme: 'http',
    isService: true,
    port: port.port,
    limits,
    callers: (field: Field): readonly Principal[] => readCallers(reading, field),
  };
}

/** Returns true for a host without routes: its requests lead nowhere. */
function isEmpty({ routes }: Host): boolean {
  return Array.isArray(routes.value) && routes.value.length === 0;
}

interface Host {
  readonly domains: readonly string[];
  readonly routes: Field;
  readonly limits: ReturnType<typeof readLimits>;
  readonly field: Field;
}

function readHost(reading: Reading, field: Field): Host {
  const { name, domains, routes, config } = reading.take(field, {
    name: hole('name'),
    domains: hole('domains'),
    typed_per_filter_config: maybe('config'),
    routes: hole('routes'),
  });
  name.withoutEffect('it is a name in logs');
  return { domains: domains.texts() ?? [], routes, limits: readLimits(reading, config), field };
}

interface Shared {
  readonly host: Host;
  /** The service and port of each namespace that the name belongs to. */
  readonly owners: ReadonlyMap<string, string>;
  readonly rules: ReadTable['rules'];
  readonly callers: TableCallers;
}

/** Reads the routes of a short name, which belongs to another service in each namespace. */
function readShared(reading: Reading, { host, owners, rules, callers }: Shared): void {
  const groups = new Map<string, ReadRoute[]>();
  for (const route of readRoutes(reading, host.routes.items(), callers.find)) {
    const { namespace, rest } = readGuard(reading, route);
    if (!owners.has(namespace)) reading.report(route.field, 'a condition on the namespace of the caller');
    groups.set(namespace, [...(groups.get(namespace) ?? []), rest]);
  }
  for (const [namespace, key] of owners) {
    const group = [...(groups.get(namespace) ?? [])];
    const last = group.pop();
    if (last === undefined || !isNowhere(last)) {
      reading.report(last?.field ?? host.field, `404 for the other requests of ${namespace}`);
      continue;
    }
    compareWithWhole(reading, key, rules.get(key), group, host);
  }
}

/** Compares the rules of a short name in one namespace with those of the whole name. */
function compareWithWhole(
  reading: Reading,
  key: string,
  known: ReturnType<ReadTable['rules']['get']>,
  routes: readonly ReadRoute[],
  host: Host,
): void {
  const [id = '', name = ''] = key.split(' ');
  const [service, port] = [reading.inventory.service(id), reading.port(id, name)];
  if (known === undefined || service === undefined || port === undefined) return;
  const read = rulesOf(reading, routes, placeOf(reading, service, port, host));
  if (JSON.stringify(read) !== JSON.stringify(known.rules))
    reading.disagree(`calls to ${key} by its short name`, known.field, host.field);
}

/** Returns the namespace that a route is for, and the route without this condition. */
function readGuard(
  reading: Reading,
  route: ReadRoute,
): { readonly namespace: string; readonly rest: ReadRoute } {
  const { callers } = route.match;
  const guard = callers.find((one) => fits(one.value, { prefix: hole('prefix') }));
  if (guard === undefined) return { namespace: '', rest: route };
  const prefix = reading.take(guard, { prefix: hole('prefix') }).prefix.text() ?? '';
  const start = `spiffe://${reading.trustDomain}/ns/`;
  const isNamespace = prefix.startsWith(start) && prefix.endsWith('/');
  return {
    namespace: isNamespace ? prefix.slice(start.length, -1) : '',
    rest: { ...route, match: { ...route.match, callers: callers.filter((one) => one !== guard) } },
  };
}

/** Returns true for a route that answers all requests with 404. */
export function isNowhere({ match, action, extras }: ReadRoute): boolean {
  const { path, methods, headers, cookies, query, authority } = match;
  const conditions = [path, methods, cookies, query].some((one) => one !== undefined);
  return (
    action.type === 'respond' &&
    action.status === 404 &&
    action.body === undefined &&
    !conditions &&
    headers.length + authority.length === 0 &&
    match.callers.length === 0 &&
    extras.told.length === 0
  );
}

export function namesOf({ name, namespace }: Pick<KnownService, 'name' | 'namespace'>): readonly string[] {
  return [name, `${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`];
}

export function requestPorts<P extends Pick<KnownPort, 'protocol'>>(ports: readonly P[]): readonly P[] {
  return ports.filter(({ protocol }) => protocol === 'http' || protocol === 'http2' || protocol === 'grpc');
}

/** Returns the hosts of a port: without a number for the only port of requests, or for port 80. */
function domainsOf(
  name: string,
  port: Pick<KnownPort, 'port' | 'protocol'>,
  ports: readonly Pick<KnownPort, 'port' | 'protocol'>[],
): readonly string[] {
  const own = requestPorts(ports);
  const isDefault = own.length === 1 || port.port === 80;
  return [...(isDefault ? [name] : []), `${name}:${String(port.port)}`];
}
