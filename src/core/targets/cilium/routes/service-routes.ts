import type { ObjectArtifact } from '../../artifact.ts';
import { portRoutes } from '../../gateway-api-objects/port-routes.ts';
import { serviceRouteHead } from '../../gateway-api-objects/service-route-head.ts';
import type { Lowering } from '../context.ts';

/** Returns the routes of calls inside the mesh, for each HTTP port whose calls are not simply sent on. */
export function serviceRoutes(lowering: Lowering): readonly ObjectArtifact[] {
  return Object.values(lowering.ir.services).flatMap((service) =>
    service.ports
      .filter(({ http }) => http)
      .flatMap((port) =>
        // Cilium reads a GRPCRoute as an HTTPRoute, which has timeouts, too.
        portRoutes({ ...port, protocol: 'http' }, serviceRouteHead(service, port, lowering), lowering),
      ),
  );
}
