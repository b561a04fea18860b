import type { Port, Service } from '../../ir/service.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { object } from '../gateway-api-objects/object.ts';
import { portRoutes } from '../gateway-api-objects/port-routes.ts';
import { serviceRouteHead } from '../gateway-api-objects/service-route-head.ts';
import { streamBackends } from '../gateway-api-objects/stream-backends.ts';
import { objectName } from '../kubernetes-objects/object-name.ts';
import type { Lowering } from './context.ts';

/** Returns the routes of calls inside the mesh: one for each port whose calls are not simply sent on. */
export function serviceRoutes(lowering: Lowering): readonly ObjectArtifact[] {
  return Object.values(lowering.ir.services).flatMap((service) =>
    service.ports.flatMap((port) =>
      port.http
        ? portRoutes(port, serviceRouteHead(service, port, lowering), lowering)
        : streamRoute(service, port, lowering),
    ),
  );
}

/**
 * Returns the route of connections to a port. A proxy sees nothing of a connection but the port, so the first rule
 * without other conditions takes it. Without such a rule, or without a Service as its backend, the connection is
 * closed.
 */
function streamRoute(service: Service, port: Port, lowering: Lowering): readonly ObjectArtifact[] {
  const rule = port.route.rules.find(
    ({ matches }) =>
      matches.length === 0 ||
      matches.some(
        ({ sni, from, port: asked }) =>
          sni === undefined && from === undefined && (asked === undefined || asked === port.number),
      ),
  );
  if (port.route.implicit) return [];
  const backends = streamBackends(rule, service.namespace, lowering.serviceOf);
  const { name, parentRefs, ...head } = serviceRouteHead(service, port, lowering);
  return [
    object({
      kind: 'TCPRoute',
      ...head,
      name: objectName(...name),
      spec: { parentRefs, rules: [{ backendRefs: backends }] },
    }),
  ];
}
