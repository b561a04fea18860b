import type { Ir } from '../../../ir/ir.ts';
import type { Port, Service } from '../../../ir/service.ts';
import type { Artifact } from '../../artifact.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import type { Destination, TlsRoute } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { admittedTo } from './admitted.ts';
import { bothOf, type Callers, callersOf, inNamespaces } from './callers.ts';
import { destination } from './destination.ts';
import { markOf } from './egress-mark.ts';
import { httpRoutes } from './http/http-routes.ts';
import { routeOrigins } from './route-origins.ts';
import { type StreamContext, tcpRoutes, tlsRoutes } from './stream-routes.ts';
import { nowhere } from './subsets.ts';

/**
 * Returns the VirtualServices for calls inside the mesh, one for each service: without one Istio would retry, and set
 * no timeout. Ports that aren't HTTP need none if all callers get all versions alike.
 */
export function virtualServices(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  return Object.values(ir.services).flatMap((service) => virtualService(ir, service, options));
}

function virtualService(ir: Ir, service: Service, options: LoweringOptions): readonly Artifact[] {
  const { id, namespace, name, ports, exposeTo } = service;
  const host = hostOf(id);
  const http = ports.filter((port) => port.http);
  const callers = (from: Parameters<typeof callersOf>[1]): Callers =>
    bothOf(callersOf(ir, from, options.mode), inNamespaces(exposeTo, options.mode));
  const to = (backend: Parameters<typeof destination>[0]): Destination =>
    destination(backend, { ir, options });
  const requests = http.flatMap((port) =>
    httpRoutes(port.route, {
      port: port.number,
      // Istio would otherwise apply these routes to the host on port 80, even if it has no service there.
      asksPort: true,
      minor: options.minor,
      scheme: 'http',
      names: [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, host],
      callers,
      admitted: (backends) => admittedTo(ir, backends, id, options.mode),
      destination: to,
      mark: (backend) => markOf(ir, backend),
    }),
  );
  const streams = ports.filter((port) => !port.http && decidesSomething(port, service));
  const context = ({ number }: Port): StreamContext => ({
    port: number,
    names: [host, `${name}.${namespace}`],
    callers,
    destination: to,
    nowhere: { host, subset: nowhere.name, port: { number } },
  });
  const tls = streams
    .filter(({ protocol }) => protocol === 'tls')
    .flatMap((port) => tlsRoutes(port.route, context(port)));
  const tcp = streams
    .filter(({ protocol }) => protocol !== 'tls')
    .flatMap((port) => tcpRoutes(port.route, context(port)));
  if (requests.length + tls.length + tcp.length === 0) return [];
  return [
    object({
      kind: 'VirtualService',
      namespace,
      name,
      from: `Service/${id}`,
      origins: [service.origin, ...routeOrigins(ports.map(({ route }) => route))],
      spec: {
        hosts: hostsOf(host, tls),
        gateways: ['mesh'],
        ...(requests.length > 0 && { http: requests }),
        ...(tls.length > 0 && { tls }),
        ...(tcp.length > 0 && { tcp }),
      },
    }),
  ];
}

/** Returns true unless the spec asks only for Istio's default: every connection goes to any instance. */
export function decidesSomething({ route }: Port, { exposeTo }: Pick<Service, 'exposeTo'>): boolean {
  return !route.implicit || exposeTo !== 'all';
}

/**
 * Returns the hosts of a VirtualService. Istio requires each server name of a rule among the hosts, without hosts that
 * another one covers.
 */
function hostsOf(host: string, tls: readonly TlsRoute[]): readonly string[] {
  const names = tls.flatMap(({ match }) => match.flatMap(({ sniHosts }) => sniHosts));
  const all = [...new Set([host, ...names])];
  return all.filter((name) => !all.some((other) => other !== name && isBelow(name, other)));
}

function isBelow(name: string, wider: string): boolean {
  return wider.startsWith('*.') && name.endsWith(wider.slice(1));
}
