import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import { spiffeId } from '../../../ir/principal.ts';
import type { ServiceId } from '../../../ir/service-id.ts';
import { closestListener, sharingPort } from '../../../semantics/listener.ts';
import { takesPrincipal } from '../../../semantics/principal.ts';
import type { Json } from '../../artifact.ts';
import { headersOfRoutes, headersOfServer } from '../../envoy-filters/read-headers.ts';
import type { ClusterSet } from '../cluster-set.ts';
import { egressHeader } from '../egress-mark.ts';
import { refusedHeaders } from '../refused-requests.ts';
import { catchAll, noRoutes } from '../routes/host-claims.ts';
import { routeConfiguration } from '../routes/outbound-routes.ts';
import type { RouteContext } from '../routes/route-context.ts';
import { type HostRoutes, hostRoutes, virtualHost } from '../routes/virtual-host.ts';
import { accessOfRoutes, withoutServerChecks } from '../server-filters.ts';
import type { Fields } from '../typed-config.ts';
import { clientCondition, clientHeader } from './client-condition.ts';
import { egressHosts } from './egress-hosts.ts';
import { redirectedHosts } from './https-redirect.ts';

/** Returns the routes of a gateway's http or https listeners on one port. */
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
    typed_per_filter_config: {
      ...(first === undefined ? {} : accessOf(ir, gateway, first)),
      ...refusedHeaders([...headersOfServer(gateway), ...headersOfListeners(ir, listeners)]),
    },
  };
  const sharing = first === undefined ? [] : sharingPort(gateway, first);
  const hosts = ownHosts(ir, gateway, listeners, clusters);
  const several = listeners.length > 1;
  const virtualHosts = [...hosts].map(([host, { listener, routes }]) =>
    virtualHost(host, [host], [routes, unknown], several ? accessOf(ir, gateway, listener) : {}),
  );
  const others = sharing
    .filter((listener) => !listeners.includes(listener))
    .flatMap(({ hostnames }) => hostnames);
  const unchecked = { typed_per_filter_config: withoutServerChecks(ir, gateway.authentication) };
  const misdirected = catchAll('other listener', {}, { direct_response: { status: 421 }, ...unchecked });
  const nowhere = catchAll('no listener', {}, { direct_response: { status: 404 }, ...unchecked });
  const rest = hosts.has('*') || others.includes('*') ? [] : [several ? nowhere : unknown];
  return routeConfiguration(
    name,
    [
      ...virtualHosts,
      ...(others.length > 0 ? [virtualHost('other-listeners', others, [misdirected])] : []),
      ...rest.map((routes) => virtualHost('unknown-hosts', ['*'], [routes])),
    ],
    more,
  );
}

function headersOfListeners(ir: Ir, listeners: readonly Listener[]): readonly string[] {
  const hosts = listeners.flatMap(({ virtualHosts }) => virtualHosts);
  const trusting = listeners.some(
    ({ httpsRedirect, clientAddress }) => httpsRedirect && clientAddress?.type === 'forwarded',
  );
  const routes = hosts.map(({ route }) => route);
  return [...headersOfRoutes(ir, routes), ...(trusting ? ['x-forwarded-proto'] : [])];
}

/** A host of a table, and the listener whose rules apply to it. */
interface OwnedHost {
  readonly listener: Listener;
  readonly routes: HostRoutes;
}

const unknown = catchAll('no rule', {}, { direct_response: { status: 404 } });

/**
 * Returns the hosts of a table. If listeners share a port, each host belongs to one listener, even if no Route of that
 * listener is for it.
 */
function ownHosts(
  ir: Ir,
  gateway: Gateway,
  listeners: readonly Listener[],
  clusters: ClusterSet,
): ReadonlyMap<string, OwnedHost> {
  const hosts = new Map<string, OwnedHost>();
  for (const listener of listeners) {
    const sharing = sharingPort(gateway, listener);
    const shared = sharing.length > 1;
    const bare = shared ? listener.hostnames.map((host) => [host, noRoutes] as const) : [];
    for (const [host, routes] of [...hostsOf(ir, gateway, listener, clusters), ...bare]) {
      const own = !shared || closestTo(sharing, host) === listener;
      if (own && !hosts.has(host)) hosts.set(host, { listener, routes });
    }
  }
  return hosts;
}

/**
 * Returns the listener with the most specific hostname for a host; for a `*.` host, the hostname must cover all of its
 * names.
 */
function closestTo(sharing: readonly Listener[], host: string): Listener | undefined {
  return closestListener(sharing, host.replace(/^\*(?=\.|$)/, '-'));
}

function hostsOf(
  ir: Ir,
  gateway: Gateway,
  listener: Listener,
  clusters: ClusterSet,
): readonly (readonly [string, HostRoutes])[] {
  const passes = !listener.httpsRedirect || listener.clientAddress?.type === 'forwarded';
  const own = (passes ? listener.virtualHosts : []).map(
    ({ hostname, route }) =>
      [hostname, hostRoutes(route, contextOf(ir, gateway, listener, hostname, clusters))] as const,
  );
  const routed = [...own, ...(passes ? egressHosts(ir, gateway, listener, clusters) : [])];
  return listener.httpsRedirect ? redirectedHosts(ir, gateway, listener, new Map(routed)) : routed;
}

function accessOf(ir: Ir, { access, authentication }: Gateway, { name, clientAddress }: Listener): Fields {
  return accessOfRoutes(ir, { access, authentication, clientAddress, port: name, http: true });
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

/**
 * Returns true if a service isn't exposed to the gateway, which is the caller here: the service then doesn't exist for
 * it.
 */
function isHidden(ir: Ir, { namespace, workload }: Gateway, id: ServiceId): boolean {
  const exposeTo = ir.services[id]?.exposeTo ?? 'all';
  const from = ir.externals[id]?.from;
  const identity = spiffeId(workload.principal);
  return (
    (exposeTo !== 'all' && !exposeTo.includes(namespace)) ||
    (from !== undefined && !from.some((match) => takesPrincipal(match, identity)))
  );
}
