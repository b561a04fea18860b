import type { Port, Service } from '../../ir/service.ts';
import type { GatewayApiLowering } from './lowering.ts';
import type { RouteHead } from './route-objects.ts';
import { neededServices, type VersionServiceOptions } from './version-services.ts';

/** Returns the head of the routes for calls to a port of a service inside the mesh. */
export function serviceRouteHead(
  { id, namespace, name, origin }: Service,
  port: Port,
  lowering: GatewayApiLowering<VersionServiceOptions>,
): RouteHead {
  return {
    namespace,
    name: [name, port.name],
    from: `Service/${id}`,
    origins: port.route.implicit ? [origin] : port.route.rules.map((rule) => rule.origin),
    parentRefs: [{ group: '', kind: 'Service', name, namespace, port: port.number }],
    ...neededServices(port.route.rules, lowering),
  };
}
