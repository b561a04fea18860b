import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import { spiffeId } from '../../../ir/principal.ts';
import type { ServiceId } from '../../../ir/service.ts';
import { takesPrincipal } from '../../../semantics/principal.ts';
import type { Json } from '../../artifact.ts';
import type { ClusterSet } from '../cluster-set.ts';
import { egressHeader } from '../egress-mark.ts';
import { catchAll } from '../routes/host-claims.ts';
import { routeConfiguration } from '../routes/outbound-routes.ts';
import type { RouteContext } from '../routes/route-context.ts';
import { type HostRoutes, hostRoutes, virtualHost } from '../routes/virtual-host.ts';
import { accessOfRoutes, withoutServerChecks } from '../server-filters.ts';
import { clientCondition, clientHeader } from './client-condition.ts';
import { egressHosts } from './egress-hosts.ts';

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
    request_headers_to_remove: [clientHeader, ...(gateway.type === 'egress' ? [egressHeader] : [])],
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
    for (const [host, routes] of egressHosts(ir, gateway, listener, clusters)) add(host, routes);
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
    mark: (backend) => clusters.mark(backend),
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
