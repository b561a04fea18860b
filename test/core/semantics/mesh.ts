import type { Access, AccessRule } from '../../../src/core/ir/access.ts';
import type { Authentication, Issuer } from '../../../src/core/ir/authentication.ts';
import type { External, ExternalPort } from '../../../src/core/ir/external.ts';
import type { Gateway, Listener, VirtualHost } from '../../../src/core/ir/gateway.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { HeaderMatch, RouteMatch, StringMatch } from '../../../src/core/ir/match.ts';
import type { PrincipalMatch } from '../../../src/core/ir/principal.ts';
import type { Backend, Cors, Forward, Redirect, Route, Rule } from '../../../src/core/ir/route.ts';
import type { Instance, MtlsMode, Port, Protocol, Service, Version } from '../../../src/core/ir/service.ts';
import type { Settings } from '../../../src/core/ir/settings.ts';
import type { Origin } from '../../../src/core/location.ts';

/** A place in the spec for nodes whose place a test doesn't check. */
export const origin: Origin = { file: 'mesh.yaml', line: 1, column: 1 };

/** A place that a test looks for in `decidedBy`. */
export function line(number: number): Origin {
  return { file: 'mesh.yaml', line: number, column: 3 };
}

const none = { set: [], add: [], remove: [] } as const;

const settings: Settings = {
  timeout: 15_000,
  connections: { maxRequestsPerConnection: 0, connectTimeout: 5000, idleTimeout: 3_600_000 },
  loadBalancing: { algorithm: 'least-request' },
  origins: {},
};

const open: Access = { closed: false, allow: [], deny: [] };

/** A rule that says which list of an Access it belongs to. */
export type Effective = AccessRule & { readonly effect: 'allow' | 'deny' };

export function access(...rules: readonly Effective[]): Access {
  const of = (effect: string): readonly AccessRule[] => rules.filter((rule) => rule.effect === effect);
  return { closed: of('allow').length > 0, allow: of('allow'), deny: of('deny') };
}

export function allow(rule: Omit<AccessRule, 'origin'>, at = origin): Effective {
  return { origin: at, ...rule, effect: 'allow' };
}

export function deny(rule: Omit<AccessRule, 'origin'>, at = origin): Effective {
  return { origin: at, ...rule, effect: 'deny' };
}

/** Returns the default account of a service: `<name>` in its namespace of `shop.example`. */
export function spiffe(id: string): PrincipalMatch & { readonly type: 'spiffe' } {
  const [namespace = '', name = ''] = id.split('/');
  return { type: 'spiffe', id: `spiffe://shop.example/ns/${namespace}/sa/${name}` };
}

export function match(conditions: Partial<RouteMatch>): RouteMatch {
  return { origin, headers: [], query: [], ...conditions };
}

export function header(name: string, condition: StringMatch, negated = false): HeaderMatch {
  return { origin, name, match: condition, negated };
}

export function rule(parts: Partial<Rule>): Rule {
  return { origin, matches: [], action: forward({}), responseHeaders: none, ...parts };
}

export function forward(parts: Partial<Forward>): Forward {
  return {
    type: 'forward',
    backends: [backend({})],
    timeout: 15_000,
    mirrors: [],
    requestHeaders: none,
    ...parts,
  };
}

export function redirect(parts: Partial<Redirect>): Redirect {
  return { origin, type: 'redirect', status: 302, ...parts };
}

export function backend(parts: Partial<Backend>): Backend {
  return { origin, service: 'shop/reviews', port: 'http', weight: 1, ...parts };
}

export function cors(parts: Partial<Cors>): Cors {
  return {
    origin,
    allowOrigins: ['https://a.example'],
    allowMethods: [],
    allowHeaders: [],
    exposeHeaders: [],
    allowCredentials: false,
    ...parts,
  };
}

export function route(...rules: readonly Rule[]): Route {
  return { origin, implicit: false, name: 'reviews', rules };
}

export function port(
  name: string,
  number: number,
  parts: {
    readonly protocol?: Protocol;
    readonly mtls?: MtlsMode;
    readonly route?: Route;
    readonly service?: string;
  } = {},
): Port {
  const { protocol = 'http', service = 'shop/reviews' } = parts;
  const implicit: Route = {
    origin,
    implicit: true,
    name: service,
    rules: [rule({ action: forward({ backends: [backend({ service, port: name })] }) })],
  };
  const http = ['http', 'http2', 'grpc'].includes(protocol);
  const mode = parts.mtls && { mtls: parts.mtls };
  return {
    origin,
    name,
    number,
    targetPort: number,
    protocol,
    http,
    ...mode,
    route: parts.route ?? implicit,
  };
}

/** Returns a version with this number of declared endpoints; `undefined` leaves them to a registry. */
export function version(name: string, instances?: number): Version {
  return {
    origin,
    name,
    labels: {},
    ...(instances === undefined ? {} : { instances: Array.from({ length: instances }, instance) }),
  };
}

function instance(_: unknown, index: number): Instance {
  const address = { host: '127.0.0.1', port: 15001 };
  return {
    origin,
    id: `i${String(index)}`,
    app: {},
    inbound: {},
    outbound: address,
    outboundTcp: {},
    admin: address,
  };
}

export function service(
  id: string,
  parts: Partial<Omit<Service, 'settings'>> & { settings?: Partial<Settings> } = {},
): Service {
  const [namespace = '', name = ''] = id.split('/');
  const principal = { trustDomain: 'shop.example', namespace, serviceAccount: name };
  return {
    origin,
    id,
    namespace,
    name,
    labels: {},
    workload: { labels: {}, principal },
    ports: [port('http', 9080, { service: id })],
    versions: [version('default')],
    clusters: [],
    exposeTo: 'all',
    mtls: 'strict',
    access: open,
    profiles: [],
    ...parts,
    settings: { ...settings, ...parts.settings },
  };
}

export function external(id: string, parts: Partial<External> = {}): External {
  const [namespace = '', name = ''] = id.split('/');
  return {
    origin,
    id,
    namespace,
    name,
    hosts: [`${name}.example`],
    addresses: [],
    ports: [externalPort('http', 80, { service: id })],
    settings,
    ...parts,
  };
}

export function externalPort(
  name: string,
  number: number,
  parts: { readonly protocol?: Protocol; readonly service: string; readonly applicationTls?: boolean },
): ExternalPort {
  return { ...port(name, number, parts), applicationTls: parts.applicationTls ?? false };
}

export function gateway(id: string, listeners: readonly Listener[], parts: Partial<Gateway> = {}): Gateway {
  const [namespace = '', name = ''] = id.split('/');
  const principal = { trustDomain: 'shop.example', namespace, serviceAccount: name };
  const workload = { labels: {}, principal };
  return { origin, id, namespace, name, type: 'ingress', workload, listeners, access: open, ...parts };
}

export function listener(name: string, number: number, parts: Partial<Listener> = {}): Listener {
  return {
    origin,
    name,
    port: number,
    protocol: 'http',
    hostnames: ['*'],
    httpsRedirect: false,
    virtualHosts: [],
    ...parts,
  };
}

export function virtualHost(hostname: string, ...rules: readonly Rule[]): VirtualHost {
  return { origin, hostname, route: route(...rules) };
}

export function authentication(parts: Partial<Authentication> = {}): Authentication {
  return { origin, issuers: [issuer('staff', 'https://staff.example')], required: false, ...parts };
}

export function issuer(name: string, iss: string, parts: Partial<Issuer> = {}): Issuer {
  return {
    origin,
    name,
    issuer: iss,
    audiences: [],
    jwks: { type: 'inline', text: '{"keys":[]}' },
    from: [{ type: 'header', name: 'authorization', prefix: 'Bearer ' }],
    forward: true,
    claimHeaders: [],
    ...parts,
  };
}

/** Returns a mesh of `shop.example` with the given parts and a caller `shop/web`. */
export function mesh(
  parts: {
    readonly services?: readonly Service[];
    readonly externals?: readonly External[];
    readonly gateways?: readonly Gateway[];
  } & Pick<Partial<Ir>, 'egress' | 'unknownHostTimeout'>,
  federated: readonly string[] = [],
): Ir {
  const { services = [], externals = [], gateways = [], ...rest } = parts;
  const lifetimes = { lifetime: 86_400_000, keys: 'file' } as const;
  return {
    origin,
    name: 'shop',
    environment: 'default',
    trustDomain: 'shop.example',
    mtls: 'strict',
    egress: 'deny',
    unknownHostTimeout: 15_000,
    clusters: {},
    services: byId([service('shop/web', { ports: [] }), ...services]),
    externals: byId(externals),
    gateways: byId(gateways),
    targets: {},
    telemetry: { metricLabels: [] },
    certificates: {
      root: lifetimes,
      issuer: lifetimes,
      workload: {},
      keyAlgorithm: 'ecdsa-p256',
      recipients: { root: [], issuer: [] },
      delegate: 'none',
      federation: federated.map((trustDomain) => ({ trustDomain, bundle: `${trustDomain}.pem` })),
    },
    ...rest,
  };
}

function byId<T extends { readonly id: string }>(nodes: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(nodes.map((node) => [node.id, node]));
}
