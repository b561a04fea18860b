import type { Field } from '../../../../import/field.ts';
import type { ExternalAuthorization, RateLimit } from '../../../../spec/types.gen.ts';
import { type ReadRules, readPolicies } from './access.ts';
import { failureHeaders, type ReadManager } from './connection-manager.ts';
import { readExternalAuthorization } from './external-authorization.ts';
import { readBucket } from './extras.ts';
import { extensionForm, fits, hole, maybe } from './forms.ts';
import { healthFilter, type ReadCheck, readCheckRoute } from './health.ts';
import type { ReadInbound } from './inbound.ts';
import type { Reading } from './reading.ts';
import { readRefused } from './refused-headers.ts';
import { backendOf } from './service-clusters.ts';
import type { ReadService } from './services.ts';

/** The checks of the server at one port, which all instances have. */
export interface ReadPort {
  readonly mode: ReadInbound['mode'];
  readonly rules: ReadRules;
  readonly limit: RateLimit | undefined;
  /** The service that is asked about requests. */
  readonly asked: ExternalAuthorization | undefined;
  /** The health check that the server answers. */
  readonly check?: ReadCheck | undefined;
  readonly domains: readonly string[];
  readonly field: Field;
}

const rbacName = 'envoy.extensions.filters.http.rbac.v3.RBAC';
const limitName = 'envoy.filters.http.local_ratelimit';
const limitMessage = 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';
const always = { default_value: { numerator: 100, denominator: 'HUNDRED' } } as const;

/** The filters whose rules the routes have: without them no request passes. */
export const accessFilters = [
  extensionForm('access-deny', rbacName, { rules_stat_prefix: 'deny' }),
  extensionForm('access-allow', rbacName, {
    rules: { action: 'ALLOW', policies: {} },
    rules_stat_prefix: 'allow',
  }),
] as const;

/** Reads the ports of all services by `shop/reviews http`. */
export function readAllInbound(
  reading: Reading,
  services: readonly ReadService[],
): ReadonlyMap<string, ReadPort> {
  const ports = new Map<string, ReadPort>();
  for (const { id, known, instances } of services)
    for (const { name } of known.ports) {
      const read = instances.flatMap(({ inbound }) => inbound.filter(({ port }) => port === name));
      const port = readPort(reading, id, name, read);
      if (port !== undefined) ports.set(`${id} ${name}`, port);
    }
  return ports;
}

/** Reads one port by the listeners of all instances; without any it has routes alone, if it takes requests. */
function readPort(
  reading: Reading,
  id: string,
  name: string,
  read: readonly ReadInbound[],
): ReadPort | undefined {
  for (const { plainManager, field } of read)
    if (plainManager !== undefined) readFilters(reading, plainManager, field, new Set());
  const [first, ...others] = read;
  if (first === undefined) {
    const path = `config/current/services/${id.replace('/', '.')}/inbound-${name}-rds.json`;
    if (!reading.has(path)) return undefined;
    return { mode: 'strict', domains: [], asked: undefined, ...readRoutesFile(reading, id, name, path) };
  }
  for (const other of others) {
    if (keyOf(other) !== keyOf(first))
      reading.disagree(`the port ${name} of ${id}`, first.field, other.field);
    if (other.manager !== undefined) readFilters(reading, other.manager, other.field, new Set());
  }
  return portOf(reading, id, first);
}

/** A text of all that instances share. */
function keyOf({ mode, domains, stream, manager }: ReadInbound): string {
  const shown = (map: ReadRules['allow'] | undefined) => map && [...map];
  return JSON.stringify([
    mode,
    domains,
    stream && [stream.closed, shown(stream.allow), shown(stream.deny)],
    manager && managerKey(manager),
  ]);
}

function managerKey(manager: ReadManager): unknown {
  return [
    manager.routesPath,
    manager.routesName,
    manager.filters.map(({ value }) => value),
    manager.ownHeaders,
  ];
}

function portOf(reading: Reading, id: string, inbound: ReadInbound): ReadPort {
  const { mode, domains, stream, manager, port, field } = inbound;
  if (manager === undefined || stream !== undefined)
    return {
      mode,
      domains,
      rules: stream ?? { closed: false, allow: new Map(), deny: new Map() },
      limit: undefined,
      asked: undefined,
      field,
    };
  if (manager.routesName !== `inbound/${port}`) reading.report(manager.rds, `the routes inbound/${port}`);
  const headers = new Set<string>();
  const { counts, asked, answers } = readFilters(reading, manager, field, headers);
  const read = readRoutesFile(reading, id, port, manager.routesPath, manager.rds, headers);
  if (answers !== (read.check !== undefined))
    reading.report(field, 'a filter for health checks, and only for one');
  if (counts !== (read.limit !== undefined))
    reading.report(field, 'a filter for the limit, and only for one');
  return { mode, domains, asked, ...read };
}

/** The checks of a server before the routes. */
interface ReadFilters {
  /** True if one counts requests. */
  readonly counts: boolean;
  readonly asked: ExternalAuthorization | undefined;
  /** True if health checks are answered. */
  readonly answers: boolean;
}

/** Reads the checks of a server before the routes; `headers` gets the headers that they read. */
function readFilters(
  reading: Reading,
  manager: ReadManager,
  place: Field,
  headers: Set<string>,
): ReadFilters {
  const filters = [...manager.filters];
  const counting = extensionForm(limitName, limitMessage, { stat_prefix: 'service' });
  const last = filters.at(-1);
  const counts = last !== undefined && fits(last.value, counting);
  if (counts) {
    reading.take(last, counting);
    filters.pop();
  }
  if (manager.ownHeaders.length > 0) reading.report(place, 'no headers of its own');
  const [first] = filters;
  const answers = first?.at('name').value === 'envoy.filters.http.health_check';
  if (answers) filters.shift();
  const asked = readExternalAuthorization({ reading, headers }, filters, (name) => backendOf(reading, name));
  if (manager.checksTokens !== (asked !== undefined))
    reading.report(place, 'answers about tokens where requests are checked, and only there');
  if (answers) reading.take(first, healthFilter);
  const [deny, allow, ...others] = filters;
  if (deny === undefined || allow === undefined) reading.report(place, 'filters for access');
  else {
    reading.take(deny, accessFilters[0]);
    reading.take(allow, accessFilters[1]);
  }
  for (const other of others) reading.report(other, 'no further filter, which this reader has no form for');
  return { counts, asked, answers };
}

function readRoutesFile(
  reading: Reading,
  id: string,
  port: string,
  path: string,
  from?: Field,
  headers = new Set<string>(),
): Pick<ReadPort, 'rules' | 'limit' | 'check' | 'field'> {
  const [config] = reading.resources(
    path,
    'envoy.config.route.v3.RouteConfiguration',
    from ?? reading.root(path),
  );
  if (config === undefined)
    return {
      rules: { closed: true, allow: new Map(), deny: new Map() },
      limit: undefined,
      field: from ?? reading.root(path),
    };
  const got = reading.take(config, {
    '@type': hole('type'),
    name: `inbound/${port}`,
    validate_clusters: false,
    response_headers_to_remove: [...failureHeaders],
    virtual_hosts: [{ name: id, domains: ['*'], routes: hole('routes') }],
    typed_per_filter_config: {
      'access-deny': hole('deny'),
      'access-allow': hole('allow'),
      [limitName]: maybe('limit'),
      'unsafe-paths': maybe('refused'),
    },
  });
  const off = ['access-deny', 'access-allow', ...(got.limit.isPresent ? [limitName] : [])];
  const check = readForwarding(reading, got.routes, { id, port }, off);
  const rules = readAccess(reading, got.deny, got.allow, headers);
  readRefused(reading, got.refused, headers, config);
  return { rules, limit: readLimit(reading, got.limit), check, field: config };
}

/** Reads the rules of both filters of access. */
export function readAccess(
  reading: Reading,
  deny: Field,
  allow: Field,
  headers: Set<string>,
  more: Partial<Parameters<typeof readPolicies>[0]> = {},
): ReadRules {
  const [denies, allows] = (['deny', 'allow'] as const).map((kind) => {
    const { rbac } = reading.take(kind === 'deny' ? deny : allow, {
      '@type': `type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBACPerRoute`,
      rbac: hole('rbac'),
    });
    if (fits(rbac.value, {})) {
      rbac.carried();
      return undefined;
    }
    const { rules } = reading.take(rbac, { rules: hole('rules'), rules_stat_prefix: kind });
    return readPolicies({ reading, headers, ...more }, rules, kind);
  });
  return { closed: allows !== undefined, allow: allows ?? new Map(), deny: denies ?? new Map() };
}

/** Reads the routes to the application; returns the health check among them. */
function readForwarding(
  reading: Reading,
  routes: Field,
  { id, port }: { readonly id: string; readonly port: string },
  off: readonly string[],
): ReadCheck | undefined {
  const items = [...routes.items()];
  const [checked] = items;
  const check =
    items.length === 3 && checked !== undefined
      ? readCheckRoute(reading, checked, { id, port }, off)
      : undefined;
  if (check !== undefined) items.shift();
  const [slashes, all, ...others] = items;
  const to = { cluster: hole('cluster'), timeout: '0s', idle_timeout: '0s' } as const;
  if (slashes === undefined || all === undefined || others.length > 0) {
    reading.report(routes, 'a route for two slashes, and one for all other paths');
    return check;
  }
  const first = reading.take(slashes, {
    name: port,
    match: { path: '//' },
    route: { ...to, regex_rewrite: { pattern: { regex: '^//$' }, substitution: '/' } },
  });
  const second = reading.take(all, { name: port, match: { prefix: '/' }, route: to });
  for (const { cluster } of [first, second]) reading.application(cluster, id, port);
  return check;
}

function readLimit(reading: Reading, field: Field): RateLimit | undefined {
  if (!field.isPresent) return undefined;
  const { bucket } = reading.take(field, {
    '@type': `type.googleapis.com/${limitMessage}`,
    stat_prefix: 'service',
    token_bucket: hole('bucket'),
    filter_enabled: always,
    filter_enforced: always,
  });
  return readBucket(reading, bucket);
}
