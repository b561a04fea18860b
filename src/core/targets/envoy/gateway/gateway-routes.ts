import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import { type PrincipalMatch, spiffeId } from '../../../ir/principal.ts';
import type { ServiceId } from '../../../ir/service.ts';
import { defaultPort } from '../../../semantics/port.ts';
import { takesPrincipal } from '../../../semantics/principal.ts';
import type { Json } from '../../artifact.ts';
import { identityRegex } from '../caller.ts';
import { type ClusterSet, egressListener } from '../cluster-set.ts';
import { meshListener } from '../hop-cluster.ts';
import { onPort } from '../routes/dialled-port.ts';
import { requestPorts } from '../routes/domain-names.ts';
import { widerThan } from '../routes/external-hosts.ts';
import { catchAll } from '../routes/host-claims.ts';
import { routeConfiguration } from '../routes/outbound-routes.ts';
import { both } from '../routes/restricted-backends.ts';
import type { CallerCondition, RouteContext } from '../routes/route-context.ts';
import { type HostRoutes, hostRoutes, virtualHost } from '../routes/virtual-host.ts';
import { accessOfRoutes, withoutServerChecks } from '../server-filters.ts';
import type { Fields } from '../typed-config.ts';

/** Header in which a gateway's listener notes the verified identity of the client; nobody else can set it, nobody else sees it. */
export const clientHeader = 'x-meshwright-client';

/** Routes of the http or https listeners of a gateway on one port. */
export function gatewayRoutes(
  ir: Ir,
  gateway: Gateway,
  listeners: readonly Listener[],
  clusters: ClusterSet,
): Json {
  const [first] = listeners;
  const name = first?.name ?? gateway.name;
  const more = {
    ignore_port_in_host_matching: true,
    request_headers_to_remove: [clientHeader],
    typed_per_filter_config: accessOfRoutes(ir, {
      access: gateway.access,
      ...(gateway.authentication && { authentication: gateway.authentication }),
      port: name,
      http: true,
    }),
  };
  if (first?.httpsRedirect === true) return routeConfiguration(name, toHttps(ir, gateway, first), more);
  const hosts = new Map<string, HostRoutes>();
  const add = (host: string, routes: HostRoutes): unknown => hosts.has(host) || hosts.set(host, routes);
  for (const listener of listeners) {
    for (const { hostname, route } of listener.virtualHosts)
      add(hostname, hostRoutes(route, contextOf(ir, gateway, listener, hostname, clusters)));
    for (const [host, routes] of externalHosts(ir, gateway, listener, clusters)) add(host, routes);
  }
  const unknown = catchAll('no rule', {}, { direct_response: { status: 404 } });
  const virtualHosts = [...hosts].map(([host, routes]) => virtualHost(host, [host], [routes, unknown]));
  const rest = hosts.has('*') ? [] : [virtualHost('unknown-hosts', ['*'], [unknown])];
  return routeConfiguration(name, [...virtualHosts, ...rest], more);
}

function contextOf(
  ir: Ir,
  gateway: Gateway,
  listener: Listener,
  hostname: string,
  clusters: ClusterSet,
): RouteContext {
  return {
    ir,
    port: listener.port,
    names: hostname.startsWith('*') ? [] : [hostname],
    scheme: listener.protocol === 'https' ? 'https' : 'http',
    caller: (from) => clientCondition(gateway, listener, from),
    cluster: (backend) => clusters.name(backend),
    hides: (id) => isHidden(ir, gateway, id),
    beforeChecks: withoutServerChecks(ir, gateway.authentication),
  };
}

/** The gateway calls, so what is kept from it isn't there. */
function isHidden(ir: Ir, { namespace, workload }: Gateway, id: ServiceId): boolean {
  const exposeTo = ir.services[id]?.exposeTo ?? 'all';
  const from = ir.externals[id]?.from;
  const identity = spiffeId(workload.principal);
  return (
    (exposeTo !== 'all' && !exposeTo.includes(namespace)) ||
    (from !== undefined && !from.some((match) => takesPrincipal(match, identity)))
  );
}

/** Without client certificates nobody has an identity. */
function clientCondition(
  gateway: Gateway,
  listener: Listener,
  from: readonly PrincipalMatch[],
): CallerCondition {
  if (from.some(({ type }) => type === 'anyone')) return 'always';
  if (listener.tls?.clientCertificates === undefined && !meshListener(gateway, listener)) return 'never';
  const named = identityRegex(from);
  const regex = from.some(({ type }) => type === 'authenticated') ? 'spiffe://.+' : named;
  return regex === ''
    ? 'never'
    : { headers: [{ name: clientHeader, string_match: { safe_regex: { regex } } }] };
}

/** The listener's own hosts are redirected; others are unknown to it. */
function toHttps(ir: Ir, { authentication }: Gateway, { hostnames }: Listener): readonly Json[] {
  const known = {
    name: 'to-https',
    domains: hostnames,
    routes: [
      {
        name: 'to-https',
        match: { prefix: '/' },
        redirect: { scheme_redirect: 'https', response_code: 'MOVED_PERMANENTLY', strip_query: false },
        typed_per_filter_config: withoutServerChecks(ir, authentication),
      },
    ],
  };
  const unknown = catchAll('no rule', {}, { direct_response: { status: 404 } });
  return hostnames.includes('*')
    ? [{ ...known, domains: ['*'] }]
    : [known, virtualHost('unknown-hosts', ['*'], [unknown])];
}

/**
 * Hosts outside the mesh whose calls pass through this egress gateway; the caller's proxy has followed their Route. Who
 * comes around that proxy still needs an identity of the mesh that may call the External, or the host is unknown to it.
 */
function externalHosts(
  ir: Ir,
  gateway: Gateway,
  listener: Listener,
  clusters: ClusterSet,
): ReadonlyMap<string, HostRoutes> {
  const byHost = new Map<string, External[]>();
  for (const external of Object.values(ir.externals)) {
    if (external.gateway !== gateway.id) continue;
    for (const host of external.hosts) byHost.set(host, [...(byHost.get(host) ?? []), external]);
  }
  const hosts = new Map<string, HostRoutes>();
  for (const host of byHost.keys()) {
    const routes = [host, ...widerThan(host, byHost)].flatMap((pattern) =>
      (byHost.get(pattern) ?? []).flatMap((external) =>
        externalRoutes(gateway, listener, external, pattern, clusters),
      ),
    );
    if (routes.length > 0) hosts.set(host, { routes, limits: [] });
  }
  return hosts;
}

function externalRoutes(
  gateway: Gateway,
  listener: Listener,
  external: External,
  host: string,
  clusters: ClusterSet,
): readonly Fields[] {
  const identified: PrincipalMatch = { type: 'authenticated' };
  const from = external.from?.map((match) => (match.type === 'anyone' ? identified : match)) ?? [identified];
  const caller = clientCondition(gateway, listener, from);
  if (typeof caller === 'string') return [];
  const ports = requestPorts(external.ports).filter(
    (port) => egressListener(gateway, external, port) === listener,
  );
  return ports.flatMap((port) => {
    const route: Fields = {
      cluster: clusters.name({ service: external.id, port: port.name }, host),
      timeout: '0s',
    };
    const { routes } = catchAll(`${external.id}:${port.name}`, both(calledOn(external, port), caller), {
      route,
    });
    return onPort(external, port, host, routes);
  });
}

/** The Host that means this port: with its number, or without one where that means it. */
function calledOn({ ports }: External, port: ExternalPort): Fields {
  const number = defaultPort(ports) === port ? `(:${String(port.number)})?` : `:${String(port.number)}`;
  return { headers: [{ name: ':authority', string_match: { safe_regex: { regex: `[^:]*${number}` } } }] };
}
