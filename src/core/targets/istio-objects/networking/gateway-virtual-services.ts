import type { Gateway, Listener, VirtualHost } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import { noHeaderChanges } from '../../../ir/link/header-changes.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import { spiffeId } from '../../../ir/principal.ts';
import type { Backend, Rule } from '../../../ir/route.ts';
import { hostnameTakes } from '../../../semantics/host-name.ts';
import { httpsPort } from '../../../semantics/listener.ts';
import { takesPrincipal } from '../../../semantics/principal.ts';
import type { Artifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Destination } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { type Callers, everyCaller } from './callers.ts';
import { destination } from './destination.ts';
import { markOf } from './egress-mark.ts';
import { isServed } from './gateways.ts';
import { httpRoutes } from './http/http-routes.ts';
import { routeOrigins } from './route-origins.ts';
import { type StreamContext, tcpRoutes, tlsRoutes } from './stream-routes.ts';

/** Returns the VirtualServices of calls at gateways, for each hostname: the most specific one decides alone. */
export function gatewayVirtualServices(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  return Object.values(ir.gateways).flatMap((gateway) =>
    [...byHostname(gateway)].map(([hostname, hosts]) =>
      virtualService(ir, gateway, hostname, hosts, options),
    ),
  );
}

interface Host {
  readonly listener: Listener;
  readonly host: VirtualHost;
}

function byHostname(gateway: Gateway): ReadonlyMap<string, readonly Host[]> {
  const hosts = new Map<string, Host[]>();
  for (const listener of gateway.listeners) {
    // Istio refuses rules for hosts that no listener has.
    if (!isServed(listener)) continue;
    for (const host of listener.httpsRedirect ? redirecting(gateway, listener) : listener.virtualHosts)
      hosts.set(host.hostname, [...(hosts.get(host.hostname) ?? []), { listener, host }]);
  }
  return hosts;
}

/**
 * Returns the hosts of a listener that redirects to https, each with the port of its https listener: Istio's own
 * `httpsRedirect` keeps the port of the `Host`. A host that another listener has needs its own entry here, since only
 * its own VirtualService decides about it.
 */
function redirecting(gateway: Gateway, { origin, name, hostnames }: Listener): readonly VirtualHost[] {
  const others = gateway.listeners
    .filter(isServed)
    .flatMap((other) => [...other.hostnames, ...other.virtualHosts.map(({ hostname }) => hostname)]);
  const own = others.filter((other) => hostnames.some((hostname) => takesAll(hostname, other)));
  return [...new Set([...hostnames, ...own])].map((hostname) => {
    const port = httpsPort(gateway, anyName(hostname));
    const rule: Rule = {
      origin,
      name: 'to-https',
      matches: [],
      action: { type: 'redirect', origin, scheme: 'https', port, status: 301 },
      responseHeaders: noHeaderChanges,
    };
    return { origin, hostname, route: { origin, implicit: false, name, rules: [rule] } };
  });
}

/** Returns true if a hostname covers every name that another one covers. */
function takesAll(hostname: string, other: string): boolean {
  return hostname === other || hostname === '*' || (other !== '*' && hostnameTakes(hostname, anyName(other)));
}

/** Returns a name that a hostname covers but no narrower hostname does. */
function anyName(hostname: string): string {
  return hostname.replace(/^\*(?=\.|$)/, '-');
}

function virtualService(
  ir: Ir,
  gateway: Gateway,
  hostname: string,
  hosts: readonly Host[],
  options: LoweringOptions,
): Artifact {
  const { id, namespace } = gateway;
  const to = (backend: Backend): Destination => destination(backend, { ir, options, gateway: id });
  const asksPort = gateway.listeners.length > 1;
  const speaking = (protocol: 'http' | 'tls' | 'tcp') =>
    hosts.filter(({ listener }) => layerOf(listener) === protocol);
  // The rules of a listener take every request of its port, so that those of a later one of this port would take none.
  const requests = speaking('http');
  const heard = requests.filter(
    ({ listener: { port } }, index) => requests.findIndex(({ listener }) => listener.port === port) === index,
  );
  const http = heard.flatMap(({ listener, host }) =>
    httpRoutes(host.route, {
      port: listener.port,
      asksPort,
      minor: options.minor,
      scheme: listener.protocol === 'https' ? 'https' : 'http',
      names: hostname.startsWith('*') ? [] : [hostname],
      callers: (from) => clientsOf(listener, from),
      admitted: (backends) => (backends.some((backend) => isHidden(ir, gateway, backend)) ? [] : everyCaller),
      destination: (backend) => destination(backend, { ir, options, gateway: id }),
      mark: (backend) => markOf(ir, backend, id),
    }),
  );
  const context = (listener: Listener): StreamContext => ({
    port: listener.port,
    names: [hostname],
    within: hostname,
    callers: (from) => clientsOf(listener, from),
    destination: to,
  });
  const tls = speaking('tls').flatMap(({ listener, host }) => tlsRoutes(host.route, context(listener)));
  const tcp = speaking('tcp').flatMap(({ listener, host }) => tcpRoutes(host.route, context(listener)));
  return object({
    kind: 'VirtualService',
    namespace,
    name: nameOf(gateway, hostname),
    from: `Gateway/${id}`,
    origins: [gateway.origin, ...routeOrigins(hosts.map(({ host }) => host.route))],
    spec: {
      hosts: [hostname],
      gateways: [id],
      ...(http.length > 0 && { http }),
      ...(tls.length > 0 && { tls }),
      ...(tcp.length > 0 && { tcp }),
    },
  });
}

function nameOf({ name }: Gateway, hostname: string): string {
  if (hostname === '*') return objectName('any', name);
  return hostname.startsWith('*.')
    ? objectName('below', name, hostname.slice(2))
    : objectName('host', name, hostname);
}

function layerOf({ protocol }: Listener): 'http' | 'tls' | 'tcp' {
  return protocol === 'https' ? 'http' : protocol;
}

/**
 * Returns the clients of a `from`. Istio's rules at a gateway can't identify the client, so only conditions that all
 * clients meet, or none, are possible.
 */
function clientsOf({ tls }: Listener, from: readonly PrincipalMatch[] | undefined): Callers {
  const always = from?.some(
    ({ type }) =>
      type === 'anyone' || (type === 'authenticated' && tls?.clientCertificates?.required === true),
  );
  return from === undefined || always === true ? everyCaller : [];
}

/**
 * Returns true if a backend isn't exposed to the gateway, which is the caller here: the backend then doesn't exist for
 * it.
 */
function isHidden(ir: Ir, { namespace, workload }: Gateway, { service }: Backend): boolean {
  const exposeTo = ir.services[service]?.exposeTo ?? 'all';
  const from = ir.externals[service]?.from;
  const identity = spiffeId(workload.principal);
  return (
    (exposeTo !== 'all' && !exposeTo.includes(namespace)) ||
    (from !== undefined && !from.some((match) => takesPrincipal(match, identity)))
  );
}
