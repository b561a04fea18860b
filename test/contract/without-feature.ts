import type { Access, AccessRule } from '../../src/core/ir/access.ts';
import type { Feature } from '../../src/core/ir/feature.ts';
import type { Gateway } from '../../src/core/ir/gateway.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import type { RouteMatch } from '../../src/core/ir/match.ts';
import type { Retries } from '../../src/core/ir/retries.ts';
import type { Forward, HeaderChanges, Route, Rule } from '../../src/core/ir/route.ts';
import type { MtlsMode, Service } from '../../src/core/ir/service.ts';
import type { Settings } from '../../src/core/ir/settings.ts';

/** Returns the mesh without any use of a feature. */
export function withoutFeature(ir: Ir, feature: Feature): Ir {
  return removals[feature](ir);
}

/** Features that can't be removed from a linked mesh. */
export const unremovableFeatures: readonly Feature[] = ['request.unsafe-paths'];

function unremovable(): never {
  throw new Error('nothing turns the feature off');
}

const someRetries: Omit<Retries, 'origin'> = {
  attempts: 1,
  perTryTimeout: 0,
  on: ['connect-failure'],
  backoff: 25,
  methods: 'all',
};

const nothing: HeaderChanges = { set: [], add: [], remove: [] };

const removals: Readonly<Record<Feature, (ir: Ir) => Ir>> = {
  'egress.deny': (ir) => ({ ...ir, egress: 'allow' }),
  'request.unsafe-paths': unremovable,
  'route.no-match': (ir) => routes(ir, takingAll),
  'settings.default-balancing': (ir) =>
    settings(ir, (own) =>
      own.loadBalancing.affinity
        ? own
        : written(own, 'loadBalancing.algorithm', { loadBalancing: { algorithm: 'random' } }),
    ),
  'settings.default-connections': (ir) =>
    settings(ir, (own) => {
      const connections = { ...own.connections, connectTimeout: 7000, idleTimeout: 1_800_000 };
      return written(written(own, 'connections.connectTimeout', { connections }), 'connections.idleTimeout');
    }),
  'settings.no-retries': (ir) =>
    rules(ir, (rule) =>
      rule.action.type === 'forward' && rule.action.retries === undefined
        ? { ...rule, action: { ...rule.action, retries: { ...someRetries, origin: rule.origin } } }
        : rule,
    ),
  'route.path-regex': (ir) =>
    matches(ir, (match) => (match.path?.type === 'regex' ? without(match, 'path') : match)),
  'route.starts-with': (ir) =>
    matches(ir, (match) => (match.path?.type === 'startsWith' ? without(match, 'path') : match)),
  'route.order': (ir) => routes(ir, (route) => ({ ...route, rules: route.rules.slice(-1) })),
  'route.headers': (ir) =>
    matches(ir, (match) => ({
      ...match,
      headers: match.headers.filter(({ cookie }) => cookie !== undefined),
    })),
  'route.cookies': (ir) =>
    matches(ir, (match) => ({
      ...match,
      headers: match.headers.filter(({ cookie }) => cookie === undefined),
    })),
  'route.query': (ir) => matches(ir, (match) => ({ ...match, query: [] })),
  'route.methods': (ir) => matches(ir, (match) => without(match, 'methods')),
  'route.from': (ir) => matches(ir, (match) => without(match, 'from')),
  'route.sni': (ir) => matches(ir, (match) => without(match, 'sni')),
  'route.split': (ir) => forwards(ir, (action) => ({ ...action, backends: action.backends.slice(0, 1) })),
  'route.redirect': (ir) =>
    rules(ir, (rule) =>
      rule.action.type === 'redirect'
        ? { ...rule, action: { type: 'respond', origin: rule.origin, status: 404, body: '' } }
        : rule,
    ),
  'route.respond': (ir) =>
    rules(ir, (rule) =>
      rule.action.type === 'respond'
        ? {
            ...rule,
            action: {
              type: 'redirect',
              origin: rule.origin,
              status: 302,
              path: { type: 'replaceFull', value: '/' },
            },
          }
        : rule,
    ),
  'route.rewrite-path': (ir) =>
    forwards(ir, (action) =>
      action.rewrite ? { ...action, rewrite: without(action.rewrite, 'path') } : action,
    ),
  'route.rewrite-host': (ir) =>
    forwards(ir, (action) =>
      action.rewrite ? { ...action, rewrite: without(action.rewrite, 'host') } : action,
    ),
  'route.request-headers': (ir) => forwards(ir, (action) => ({ ...action, requestHeaders: nothing })),
  'route.response-headers': (ir) => rules(ir, (rule) => ({ ...rule, responseHeaders: nothing })),
  'route.mirror': (ir) => forwards(ir, (action) => ({ ...action, mirrors: [] })),
  'route.fault-delay': (ir) =>
    forwards(ir, (action) => (action.fault ? { ...action, fault: without(action.fault, 'delay') } : action)),
  'route.fault-abort': (ir) =>
    forwards(ir, (action) => (action.fault ? { ...action, fault: without(action.fault, 'abort') } : action)),
  'route.cors': (ir) => rules(ir, (rule) => without(rule, 'cors')),
  'route.rate-limit': (ir) => forwards(ir, (action) => without(action, 'rateLimit')),
  'settings.timeout': (ir) =>
    settings(
      forwards(ir, (action) => ({ ...action, timeout: 0 })),
      (own) => ({ ...own, timeout: 0 }),
    ),
  'settings.retries': (ir) =>
    settings(
      forwards(ir, (action) => without(action, 'retries')),
      (own) => without(own, 'retries'),
    ),
  'settings.retry-budget': (ir) => settings(ir, (own) => without(own, 'retryBudget')),
  'settings.connections': (ir) =>
    settings(ir, (own) => ({
      ...own,
      connections: { maxRequestsPerConnection: 0, connectTimeout: 5000, idleTimeout: 3_600_000 },
      origins: unwritten(own, (path) => path.startsWith('connections.')),
    })),
  'settings.outlier-detection': (ir) => settings(ir, (own) => without(own, 'outlierDetection')),
  'settings.load-balancing': (ir) =>
    settings(ir, (own) => ({
      ...own,
      loadBalancing: own.loadBalancing.affinity
        ? { ...own.loadBalancing, algorithm: 'ring-hash' }
        : { algorithm: 'least-request' },
      origins: unwritten(own, (path) => path === 'loadBalancing.algorithm'),
    })),
  'settings.affinity': (ir) =>
    settings(ir, (own) => ({ ...own, loadBalancing: without(own.loadBalancing, 'affinity') })),
  'settings.locality': (ir) => settings(ir, (own) => without(own, 'locality')),
  'settings.rate-limit': (ir) =>
    settings(ir, (own) => (own.rateLimit?.scope === 'instance' ? without(own, 'rateLimit') : own)),
  'settings.rate-limit-service': (ir) =>
    settings(ir, (own) => (own.rateLimit?.scope === 'service' ? without(own, 'rateLimit') : own)),
  'service.health-check': (ir) => services(ir, (own) => without(own, 'healthCheck')),
  'service.tls': (ir) =>
    services(ir, (own) => ({ ...own, ports: own.ports.map((port) => without(port, 'tls')) })),
  'service.expose-to': (ir) => services(ir, (own) => ({ ...own, exposeTo: 'all' })),
  'mtls.strict': (ir) => withMode(ir, 'strict', 'disabled'),
  'mtls.disabled': (ir) => withMode(ir, 'disabled', 'strict'),
  'mtls.permissive': (ir) => withMode(ir, 'permissive', 'strict'),
  'access.identity': (ir) =>
    accessRules(
      access(ir, (own) => ({ ...own, closed: false })),
      (rule) => ({ ...rule, from: [{ type: 'anyone' }] }),
    ),
  'access.http': (ir) =>
    accessRules(ir, (rule) =>
      rule.to
        ? { ...rule, to: rule.to.map(({ origin, ports }) => ({ origin, ...(ports ? { ports } : {}) })) }
        : rule,
    ),
  'access.deny': (ir) => access(ir, (own) => ({ ...own, deny: [] })),
  // An allow without its exceptions would accept more.
  'access.except': (ir) =>
    access(ir, (own) => ({
      ...own,
      allow: own.allow.filter(({ except }) => except === undefined),
      deny: own.deny.map((rule) => without(rule, 'except')),
    })),
  'access.address': (ir) =>
    access(ir, (own) => ({
      ...own,
      allow: own.allow.flatMap(withoutAddresses),
      deny: own.deny.flatMap(withoutAddresses),
    })),
  'access.jwt': (ir) => accessRules(ir, (rule) => without(rule, 'when')),
  'authentication.jwt': (ir) => authentications(ir, (own) => ({ ...own, issuers: [], required: false })),
  'authentication.external': (ir) => authentications(ir, (own) => without(own, 'externalAuthorization')),
  'external.hosts': (ir) => ({
    ...forwards(ir, (action) => ({
      ...action,
      backends: action.backends.filter(({ service }) => ir.externals[service] === undefined),
    })),
    externals: {},
  }),
  'external.tls': (ir) => ({ ...ir, externals: mapped(ir.externals, (own) => without(own, 'tls')) }),
  'external.gateway': (ir) => ({ ...ir, externals: mapped(ir.externals, (own) => without(own, 'gateway')) }),
  'egress.allow': (ir) => ({ ...ir, egress: 'deny' }),
  'gateway.http': (ir) => listenersOtherThan(ir, ['http']),
  'gateway.tls': (ir) => listenersOtherThan(ir, ['https']),
  'gateway.passthrough': (ir) => listenersOtherThan(ir, ['tls', 'tcp']),
  'gateway.https-redirect': (ir) => ({
    ...ir,
    gateways: mapped(ir.gateways, (gateway) => ({
      ...gateway,
      listeners: gateway.listeners.map((listener) => ({ ...listener, httpsRedirect: false })),
    })),
  }),
  'gateway.client-address': (ir) => ({
    ...ir,
    gateways: mapped(ir.gateways, (gateway) => ({
      ...gateway,
      listeners: gateway.listeners.map((listener) => without(listener, 'clientAddress')),
    })),
  }),
  'gateway.shared-ports': (ir) => ({ ...ir, gateways: mapped(ir.gateways, aloneOnPorts) }),
  'telemetry.metric-labels': (ir) => ({ ...ir, telemetry: { ...ir.telemetry, metricLabels: [] } }),
  'telemetry.access-log': (ir) => withoutReports(ir, 'accessLog'),
  'telemetry.tracing': (ir) => withoutReports(ir, 'tracing'),
  'telemetry.service': (ir) => ({
    ...ir,
    services: mapped(ir.services, (service) => without(service, 'telemetry')),
  }),
  federation: (ir) => ({ ...ir, certificates: { ...ir.certificates, federation: [] } }),
};

/** Returns the mesh with another mTLS mode for services and ports with a certain mode. */
function withMode(ir: Ir, from: MtlsMode, to: MtlsMode): Ir {
  return services(ir, (own) => ({
    ...own,
    mtls: own.mtls === from ? to : own.mtls,
    ports: own.ports.map((port) => (port.mtls === from ? { ...port, mtls: to } : port)),
  }));
}

/** Removes addresses from a rule or an exception; drops one that has no other callers. */
function withoutAddresses({ from, except, ...rule }: AccessRule): readonly AccessRule[] {
  const named = from?.filter(({ type }) => type !== 'address');
  const kept = except?.filter((one) => one.from?.some(({ type }) => type === 'address') !== true) ?? [];
  if (from !== undefined && named?.length === 0) return [];
  return [{ ...rule, ...(named && { from: named }), ...(kept.length > 0 && { except: kept }) }];
}

function withoutReports(ir: Ir, part: 'accessLog' | 'tracing'): Ir {
  return {
    ...ir,
    telemetry: without(ir.telemetry, part),
    services: mapped(ir.services, (service) =>
      service.telemetry === undefined ? service : { ...service, telemetry: without(service.telemetry, part) },
    ),
  };
}

/** Returns the places of settings except those whose paths `isMeant` selects. */
function unwritten({ origins }: Settings, isMeant: (path: string) => boolean): Settings['origins'] {
  return Object.fromEntries(Object.entries(origins).filter(([path]) => !isMeant(path)));
}

function without<T extends object>(value: T, key: keyof T): T {
  return Object.fromEntries(Object.entries(value).filter(([own]) => own !== key)) as T;
}

function mapped<T>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function services(ir: Ir, change: (own: Service) => Service): Ir {
  return { ...ir, services: mapped(ir.services, change) };
}

function settings(ir: Ir, change: (own: Settings) => Settings): Ir {
  const changed = services(ir, (own) => ({ ...own, settings: change(own.settings) }));
  return {
    ...changed,
    externals: mapped(ir.externals, (own) => ({ ...own, settings: change(own.settings) })),
  };
}

function rules(ir: Ir, change: (rule: Rule) => Rule): Ir {
  return routes(ir, (own) => ({ ...own, rules: own.rules.map(change) }));
}

/** Returns the settings as if a document set one at the place of its service. */
function written(own: Settings, path: string, change: Partial<Settings> = {}): Settings {
  return {
    ...own,
    ...change,
    origins: { ...own.origins, [path]: { file: 'mesh.yaml', line: 1, column: 1 } },
  };
}

/** Returns the Route with an additional last rule that matches every request. */
function takingAll(route: Route): Route {
  const last = route.rules.at(-1);
  if (last === undefined) return route;
  const before = route.rules.length === 1 ? [] : route.rules;
  return { ...route, rules: [...before, { ...last, name: 'all', matches: [] }] };
}

function routes(ir: Ir, route: (own: Route) => Route): Ir {
  return {
    ...ir,
    services: mapped(ir.services, (own) => ({
      ...own,
      ports: own.ports.map((port) => ({ ...port, route: route(port.route) })),
    })),
    externals: mapped(ir.externals, (own) => ({
      ...own,
      ports: own.ports.map((port) => ({ ...port, route: route(port.route) })),
    })),
    gateways: mapped(ir.gateways, (own) => ({
      ...own,
      listeners: own.listeners.map((listener) => ({
        ...listener,
        virtualHosts: listener.virtualHosts.map((host) => ({ ...host, route: route(host.route) })),
      })),
    })),
  };
}

function matches(ir: Ir, change: (match: RouteMatch) => RouteMatch): Ir {
  return rules(ir, (rule) => ({ ...rule, matches: rule.matches.map(change) }));
}

function forwards(ir: Ir, change: (action: Forward) => Forward): Ir {
  return rules(ir, (rule) =>
    rule.action.type === 'forward' ? { ...rule, action: change(rule.action) } : rule,
  );
}

function access(ir: Ir, change: (own: Access) => Access): Ir {
  const changed = services(ir, (own) => ({ ...own, access: change(own.access) }));
  return { ...changed, gateways: mapped(ir.gateways, (own) => ({ ...own, access: change(own.access) })) };
}

function accessRules(ir: Ir, change: (rule: AccessRule) => AccessRule): Ir {
  return access(ir, (own) => ({ ...own, allow: own.allow.map(change), deny: own.deny.map(change) }));
}

function authentications(
  ir: Ir,
  change: (own: NonNullable<Service['authentication']>) => NonNullable<Service['authentication']>,
): Ir {
  const changed = services(ir, (own) =>
    own.authentication ? { ...own, authentication: change(own.authentication) } : own,
  );
  const gateways = mapped(ir.gateways, (own) =>
    own.authentication ? { ...own, authentication: change(own.authentication) } : own,
  );
  return { ...changed, gateways };
}

function aloneOnPorts(gateway: Gateway): Gateway {
  const { listeners } = gateway;
  const kept = listeners.filter(
    (listener) => listeners.filter(({ port }) => port === listener.port).length === 1,
  );
  return { ...gateway, listeners: kept };
}

function listenersOtherThan(ir: Ir, protocols: readonly string[]): Ir {
  const gateways = mapped(ir.gateways, (own) => ({
    ...own,
    listeners: own.listeners.filter(({ protocol }) => !protocols.includes(protocol)),
  }));
  return { ...ir, gateways };
}
