import type { Port, Service } from '../../../ir/service.ts';
import type { Origin } from '../../../location.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import type { Lowering } from '../context.ts';
import { nodeProtocol } from '../nodes/listeners.ts';
import { object } from '../object.ts';
import { type Route, type RoutedPort, routesOf } from './routes.ts';
import { nowhere, usesNowhere } from './targets.ts';

/** The parts of a virtual service and its router. */
export interface RouterHead {
  readonly namespace: string;
  readonly name: string;
  /** The host by which the virtual service is called. */
  readonly host: string;
  readonly from: string;
  readonly origins: readonly Origin[];
}

/** Returns the virtual service and the router of each service that is called. */
export function serviceRouters(lowering: Lowering): readonly ObjectArtifact[] {
  return Object.values(lowering.ir.services).flatMap((service) =>
    service.ports.length === 0
      ? []
      : routerObjects(
          {
            namespace: service.namespace,
            name: service.name,
            host: hostOf(service.id),
            from: `Service/${service.id}`,
            origins: [service.origin, ...routeOrigins(service)],
          },
          service.ports,
          lowering,
        ),
  );
}

function routeOrigins({ ports }: Service): readonly Origin[] {
  return ports.flatMap(({ route }) => (route.implicit ? [] : [route.origin]));
}

/** Returns a virtual service with its router: without one the proxies would try requests again on their own. */
export function routerObjects(
  { host, ...head }: RouterHead,
  ports: readonly RoutedPort[],
  lowering: Lowering,
): readonly ObjectArtifact[] {
  const { namespace, name } = head;
  const routes: Route[] = [];
  for (const port of ports) routes.push(...routesOf(port, namespace, lowering, routes.length));
  return [
    object({
      kind: 'VirtualService',
      ...head,
      spec: { awsName: host, provider: { virtualRouter: { virtualRouterRef: { namespace, name } } } },
    }),
    object({
      kind: 'VirtualRouter',
      ...head,
      spec: {
        listeners: ports.map((port) => ({
          portMapping: { port: port.number, protocol: nodeProtocol(port as Port) },
        })),
        ...(routes.length > 0 && { routes }),
      },
    }),
  ];
}

/**
 * Returns the virtual nodes without pods, one for each namespace in which a route needs one: requests that App Mesh
 * can't treat as the spec says get 503 there, and no answer of another rule.
 */
export function nowhereNodes(
  routers: readonly ObjectArtifact[],
  { ir }: Lowering,
): readonly ObjectArtifact[] {
  const namespaces = new Set(routers.filter(leadsNowhere).map(({ namespace }) => namespace));
  return [...namespaces].sort().map((namespace) =>
    object({
      kind: 'VirtualNode',
      namespace,
      name: nowhere,
      from: `Mesh/${ir.name}`,
      origins: [ir.origin],
      spec: {
        listeners: [{ portMapping: { port: 1, protocol: 'http' } }],
        serviceDiscovery: { dns: { hostname: 'nowhere.invalid', responseType: 'ENDPOINTS' } },
      },
    }),
  );
}

function leadsNowhere({ kind, manifest }: ObjectArtifact): boolean {
  if (kind !== 'VirtualRouter') return false;
  const { routes = [] } = (manifest as unknown as { spec: { routes?: readonly Route[] } }).spec;
  return routes.some(({ httpRoute, http2Route, tcpRoute }) =>
    usesNowhere((httpRoute ?? http2Route ?? tcpRoute)?.action.weightedTargets ?? []),
  );
}
