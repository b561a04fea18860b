import type { External } from '../../../../../src/core/ir/external.ts';
import type { Ir } from '../../../../../src/core/ir/ir.ts';
import type { Port, Service } from '../../../../../src/core/ir/service.ts';
import { presentedIdentity } from '../../../../../src/core/semantics/caller.ts';
import { defaultPort, findPort } from '../../../../../src/core/semantics/port.ts';
import type { Request } from '../../../../../src/core/semantics/request.ts';
import { type Identity, refusalAt } from './inbound.ts';
import type { Changes, KubernetesObject, RouteRule, RouteSpec, ServiceObject } from './objects.ts';
import { changed, filterOf, type ProxyRequest, pick } from './routes.ts';

/** The end of a request: the proxy that refuses it, or the place to which it goes. */
export type Answer =
  | { readonly type: 'refused'; readonly status: number; readonly by: 'client' | 'server' }
  | { readonly type: 'redirected'; readonly status: number; readonly location: string }
  | { readonly type: 'outside'; readonly host: string }
  | {
      readonly type: 'forwarded';
      /** Shares by `SERVICE VERSION`. */
      readonly shares: Readonly<Record<string, number>>;
      readonly refusedShare: number;
      readonly timeout: number;
      readonly tries: number;
      readonly requestHeaders: Changes;
      readonly responseHeaders: Changes;
    };

/** Returns the answer that a cluster gives, whose pods are those of the mesh's workloads. */
export function answer(ir: Ir, cluster: readonly KubernetesObject[], request: Request): Answer {
  const presented = presentedIdentity(ir, request.from);
  const identity = identityOf(ir, presented);
  // A certificate that no trust anchor has signed ends the connection.
  if (presented !== undefined && identity === undefined) return refused(0, 'server');
  const caller =
    request.from.type === 'service' ? ir.services[request.from.id] : callerWith(ir, request.from);
  // A caller without a proxy knows the address of a pod, whatever its `Host` says.
  const { host, ...addressed } = request;
  const dialled = dial(ir, caller === undefined ? addressed : request, caller?.namespace);
  const proxied: ProxyRequest = {
    method: request.method,
    // A fragment is no part of a path to Linkerd.
    path: request.path.replace(/#.*$/, ''),
    query: request.query,
    host: host ?? dialled.name,
    headers: request.headers,
    sni: request.sni,
  };
  if (dialled.service === undefined)
    return caller === undefined
      ? refused(0)
      : leaving(cluster, caller.namespace, dialled, { ...proxied, host: dialled.name });
  const { service, port } = dialled;
  if (port === undefined) return refused(404);
  return caller === undefined
    ? direct(ir, cluster, service, port, proxied, identity)
    : routed(ir, cluster, service, port, proxied, identity);
}

function refused(status: number, by: 'client' | 'server' = 'client'): Answer {
  return { type: 'refused', status, by };
}

interface Dialled {
  readonly name: string;
  readonly number: number;
  readonly tls: boolean;
  readonly service?: Service;
  readonly port?: Port;
}

/** A caller looks up the name in `Host`, or that of the service, and dials its port. */
function dial(ir: Ir, request: Request, namespace: string | undefined): Dialled {
  const { id } = request.to;
  const named = request.host?.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase();
  const external = ir.externals[id] ?? (named === undefined ? undefined : externalOf(ir, named));
  const owner = ir.services[id];
  const given = request.host ?? external?.hosts[0] ?? id.split('/').reverse().join('.');
  const [, host = given, asked] = /^(.*?)(?::(\d+))?$/.exec(given) ?? [];
  const name = host.replace(/\.$/, '').toLowerCase();
  const [first = '', second = namespace ?? owner?.namespace ?? '', ...domain] = name.split('.');
  const isDerived = domain.length === 0 || domain.join('.') === 'svc.cluster.local';
  const service = isDerived ? ir.services[`${second}/${first}`] : undefined;
  const wanted = asked ?? request.port;
  if (service !== undefined) {
    const streams = service.ports.filter(({ http }) => !http);
    const implied = request.sni !== undefined && streams.length === 1 ? streams[0] : undefined;
    const only = request.host === undefined && service.ports.length === 1 ? service.ports[0] : undefined;
    const port =
      wanted === undefined
        ? (implied ?? only ?? defaultPort<Port>(service.ports))
        : findPort<Port>(service.ports, wanted);
    return { name, number: port?.number ?? 0, tls: false, service, ...(port && { port }) };
  }
  const externalPort =
    external === undefined
      ? undefined
      : wanted === undefined
        ? (defaultPort(external.ports) ?? (request.host === undefined ? external.ports[0] : undefined))
        : findPort(external.ports, wanted);
  const number = externalPort?.number ?? (typeof wanted === 'number' ? wanted : Number(wanted ?? 80));
  const tls = externalPort !== undefined && (externalPort.applicationTls || externalPort.protocol === 'tls');
  return { name: request.sni ?? name, number: Number.isNaN(number) ? 80 : number, tls };
}

/** The External with the most specific of the hosts that a name is one of. */
function externalOf(ir: Ir, name: string): External | undefined {
  const found = Object.values(ir.externals).flatMap((external) =>
    external.hosts
      .filter((host) => host === name || (host.startsWith('*.') && name.endsWith(host.slice(1))))
      .map((host) => ({ external, rank: host === name ? Infinity : host.length })),
  );
  return found.sort((one, other) => other.rank - one.rank)[0]?.external;
}

/** The name in the certificate of an account of the mesh's trust domain; others have none that is accepted. */
function identityOf(ir: Ir, id: string | undefined): Identity {
  const [, domain, namespace, account] =
    /^spiffe:\/\/([^/]+)\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(id ?? '') ?? [];
  if (domain !== ir.trustDomain || namespace === undefined || account === undefined) return undefined;
  return `${account}.${namespace}.serviceaccount.identity.linkerd.${domain}`;
}

function callerWith(ir: Ir, from: Request['from']): Service | undefined {
  if (from.type !== 'spiffe') return undefined;
  return Object.values(ir.services).find(({ workload: { principal } }) => {
    const { trustDomain, namespace, serviceAccount } = principal;
    return from.id === `spiffe://${trustDomain}/ns/${namespace}/sa/${serviceAccount}`;
  });
}

/** A caller without a proxy dials a pod. */
function direct(
  ir: Ir,
  cluster: readonly KubernetesObject[],
  service: Service,
  port: Port,
  request: ProxyRequest,
  identity: Identity,
): Answer {
  const pod = { namespace: service.namespace, labels: service.workload.labels, port: port.targetPort };
  const status = refusalAt(cluster, pod, request, identity);
  if (status !== undefined) return refused(status, 'server');
  return { ...plain, shares: sharesOf(ir, cluster, backendOf(service, port), 1) };
}

const plain = {
  type: 'forwarded',
  shares: {},
  refusedShare: 0,
  timeout: 0,
  tries: 1,
  requestHeaders: {},
  responseHeaders: {},
} as const;

interface Backend {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

function backendOf({ name, namespace }: Service, { number }: Port): Backend {
  return { name, namespace, port: number };
}

/** The caller's proxy picks a route whose parent is the Service and port that were dialled; of several kinds one acts. */
function routed(
  ir: Ir,
  cluster: readonly KubernetesObject[],
  service: Service,
  port: Port,
  request: ProxyRequest,
  identity: Identity,
): Answer {
  const all = routesOf(cluster, 'Service', backendOf(service, port));
  const kind = ['GRPCRoute', 'HTTPRoute', 'TLSRoute', 'TCPRoute'].find((one) =>
    all.some((route) => route.kind === one),
  );
  const routes = all.filter((route) => route.kind === kind);
  if (kind === 'TLSRoute') {
    const picked = pick(routes, { ...request, path: '/', host: request.sni ?? '' });
    if (picked === undefined) return refused(0);
    return sent(ir, cluster, { service, port, rule: picked.rule, annotations: {} }, request, identity);
  }
  if (kind === 'TCPRoute') {
    const [rule] = (routes[0]?.spec as RouteSpec).rules;
    return sent(ir, cluster, { service, port, rule: rule ?? {}, annotations: {} }, request, identity);
  }
  if (routes.length === 0)
    return sent(ir, cluster, { service, port, rule: {}, annotations: {} }, request, identity);
  const picked = pick(routes, request);
  if (picked === undefined) return refused(404);
  const { rule, route } = picked;
  const redirect = filterOf(rule, 'RequestRedirect')?.requestRedirect;
  if (redirect !== undefined) {
    const [, name = '', old] = /^(.*?)(?::(\d+))?$/.exec(request.host) ?? [];
    const scheme = redirect.scheme ?? 'http';
    const number = redirect.port ?? (redirect.hostname === undefined ? undefined : Number(old));
    const standard = scheme === 'https' ? 443 : 80;
    const suffix =
      number === undefined || Number.isNaN(number) || number === standard ? '' : `:${String(number)}`;
    const authority =
      redirect.hostname === undefined && redirect.port === undefined
        ? request.host
        : `${redirect.hostname ?? name}${suffix}`;
    const query = request.query === undefined ? '' : `?${request.query}`;
    return {
      type: 'redirected',
      status: redirect.statusCode ?? 301,
      location: `${scheme}://${authority}${request.path}${query}`,
    };
  }
  const annotations = route.metadata.annotations ?? {};
  return sent(ir, cluster, { service, port, rule, annotations }, request, identity);
}

interface Sending {
  readonly service: Service;
  readonly port: Port;
  readonly rule: RouteRule;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Each share goes to its Service: 500 where there is none. A rule without backends sends to the Service that was dialled. */
function sent(
  ir: Ir,
  cluster: readonly KubernetesObject[],
  { service, port, rule, annotations }: Sending,
  request: ProxyRequest,
  identity: Identity,
): Answer {
  const own = { ...backendOf(service, port), weight: 1 };
  const refs = (rule.backendRefs ?? [own]).map((ref) => ({
    name: ref.name,
    namespace: ref.namespace ?? service.namespace,
    port: ref.port ?? 0,
    weight: ref.weight ?? 1,
  }));
  const total = refs.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) throw new Error('weights that are all zero');
  const requestHeaders = filterOf(rule, 'RequestHeaderModifier')?.requestHeaderModifier ?? {};
  const received = { ...request, headers: changed(request.headers, requestHeaders) };
  const ends = refs.map((ref) => {
    const share = ref.weight / total;
    const target = serviceAt(cluster, ref);
    if (target === undefined) return { share, status: 500, by: 'client' as const };
    const pods = podsOf(ir, ref.namespace, target);
    const number = target.ports.find((one) => one.port === ref.port)?.targetPort;
    if (number === undefined) return { share, status: 500, by: 'client' as const };
    const [first] = pods;
    if (first === undefined) return { share, status: 503, by: 'client' as const };
    const pod = { namespace: ref.namespace, labels: first.labels, port: number };
    const status = refusalAt(cluster, pod, received, identity);
    return status === undefined ? { share, ref } : { share, status, by: 'server' as const };
  });
  const [first] = ends;
  if (first !== undefined && ends.every(({ status }) => status !== undefined))
    return refused(first.status ?? 0, first.by);
  const shares: Record<string, number> = {};
  for (const { ref, share } of ends)
    if (ref !== undefined)
      for (const [key, part] of Object.entries(sharesOf(ir, cluster, ref, share)))
        shares[key] = (shares[key] ?? 0) + part;
  return {
    type: 'forwarded',
    shares,
    refusedShare: ends.reduce((sum, { share, status }) => sum + (status === undefined ? 0 : share), 0),
    timeout: milliseconds(annotations['timeout.linkerd.io/request']),
    tries: 1 + Number(annotations['retry.linkerd.io/limit'] ?? 0),
    requestHeaders,
    responseHeaders: filterOf(rule, 'ResponseHeaderModifier')?.responseHeaderModifier ?? {},
  };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration of an annotation: a whole number and one unit. */
function milliseconds(text: string | undefined): number {
  if (text === undefined) return 0;
  const [, count, unit = ''] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  const length = units[unit];
  if (length === undefined) throw new Error(`the duration ${text}`);
  return Number(count) * length;
}

function routesOf(
  cluster: readonly KubernetesObject[],
  kind: string,
  { name, namespace, port }: Backend,
): readonly KubernetesObject[] {
  return cluster.filter(
    (object) =>
      object.kind.endsWith('Route') &&
      (object.spec as RouteSpec).parentRefs.some(
        (parent) =>
          parent.kind === kind &&
          parent.name === name &&
          (parent.namespace ?? object.metadata.namespace) === namespace &&
          (parent.port === undefined || parent.port === port),
      ),
  );
}

function serviceAt(
  cluster: readonly KubernetesObject[],
  { name, namespace }: Backend,
): ServiceObject | undefined {
  const found = cluster.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.name === name && metadata.namespace === namespace,
  );
  return found?.spec as ServiceObject | undefined;
}

interface Pod {
  readonly service: string;
  readonly version: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One pod for each instance; where nobody declares instances, one for each version. */
function podsOf(ir: Ir, namespace: string, { selector }: ServiceObject): readonly Pod[] {
  return Object.values(ir.services)
    .filter((service) => service.namespace === namespace)
    .flatMap(({ id, versions, workload }) => {
      const declared = versions.some(({ instances }) => instances !== undefined);
      return versions.flatMap(({ name, labels, instances = [] }) => {
        const own = Object.keys(labels).length > 0 ? labels : { version: name };
        const pod = { service: id, version: name, labels: { ...workload.labels, ...own } };
        return Array.from({ length: declared ? instances.length : 1 }, () => pod);
      });
    })
    .filter(({ labels }) => Object.entries(selector).every(([key, value]) => labels[key] === value));
}

/** A Service sends to each of its pods alike. Shares among versions of a service without declared instances are `*`. */
function sharesOf(
  ir: Ir,
  cluster: readonly KubernetesObject[],
  backend: Backend,
  share: number,
): Readonly<Record<string, number>> {
  const target = serviceAt(cluster, backend);
  const pods = target === undefined ? [] : podsOf(ir, backend.namespace, target);
  const shares: Record<string, number> = {};
  for (const { service, version } of pods) {
    const { versions } = ir.services[service] ?? { versions: [] };
    const declared = versions.some(({ instances }) => instances !== undefined);
    const whole = new Set(pods.map((pod) => pod.version)).size > 1 || versions.length === 1;
    const key = `${service} ${declared || !whole ? version : '*'}`;
    shares[key] = (shares[key] ?? 0) + share / pods.length;
  }
  return shares;
}

/** A call that leaves the cluster: routes of the namespace's EgressNetwork, then its policy. */
function leaving(
  cluster: readonly KubernetesObject[],
  namespace: string,
  { name, number, tls }: Dialled,
  request: ProxyRequest,
): Answer {
  const network = cluster.find(
    ({ kind, metadata }) => kind === 'EgressNetwork' && metadata.namespace === namespace,
  );
  if (network === undefined) return { type: 'outside', host: name };
  const all = routesOf(cluster, 'EgressNetwork', { name: network.metadata.name, namespace, port: number });
  const picked = pick(
    all.filter(({ kind }) => kind === (tls ? 'TLSRoute' : 'HTTPRoute')),
    tls ? { ...request, path: '/' } : request,
  );
  if (picked !== undefined) {
    const refs = picked.rule.backendRefs ?? [];
    const isOpen = refs.length === 0 || refs.some(({ kind }) => kind === 'EgressNetwork');
    return isOpen ? { type: 'outside', host: name } : refused(tls ? 0 : 500);
  }
  const { trafficPolicy } = network.spec as { readonly trafficPolicy: string };
  return trafficPolicy === 'Allow' ? { type: 'outside', host: name } : refused(tls ? 0 : 403);
}
