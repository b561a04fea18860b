import type { Port, Service } from '../../ir/service.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { grpcRules, isGrpcSayable } from '../gateway-api-objects/grpc-rules.ts';
import { arrangedParts, httpRules } from '../gateway-api-objects/http-rules.ts';
import { object } from '../gateway-api-objects/object.ts';
import type { HttpRule } from '../gateway-api-objects/parts.ts';
import { grpcRouteObjects, httpRouteObjects } from '../gateway-api-objects/route-objects.ts';
import type { RuleContext } from '../gateway-api-objects/rule-context.ts';
import { serviceRouteHead } from '../gateway-api-objects/service-route-head.ts';
import { streamBackends } from '../gateway-api-objects/stream-backends.ts';
import { objectName } from '../kubernetes-objects/object-name.ts';
import type { Lowering } from './context.ts';

/** Returns the routes of calls inside the mesh: one for each port whose calls are not simply sent on. */
export function serviceRoutes(lowering: Lowering): readonly ObjectArtifact[] {
  return Object.values(lowering.ir.services).flatMap((service) =>
    service.ports.flatMap((port) =>
      port.http ? httpRoutes(service, port, lowering) : streamRoute(service, port, lowering),
    ),
  );
}

function httpRoutes(service: Service, port: Port, lowering: Lowering): readonly ObjectArtifact[] {
  const context: RuleContext = { ...lowering, arrival: { port: port.number, scheme: 'http' } };
  const parts = arrangedParts(port.route.rules, port.number, lowering.dialect);
  const rules = httpRules(parts, context);
  if (port.route.implicit && rules.every(isPlain)) return [];
  const head = serviceRouteHead(service, port, lowering);
  if (port.protocol === 'grpc' && isGrpcSayable(parts, lowering.dialect) && rules.length > 0)
    return grpcRouteObjects(head, grpcRules(parts, context));
  return httpRouteObjects(head, rules.length > 0 ? rules : [closed]);
}

/**
 * A rule without a backend, which answers 500. Without any rule the API server would add a rule that takes every
 * request.
 */
const closed: HttpRule = { matches: [{ path: { type: 'PathPrefix', value: '/' } }] };

/** Returns true if a rule only sends requests on. */
function isPlain({ filters, timeouts, retry }: HttpRule): boolean {
  return filters === undefined && timeouts === undefined && retry === undefined;
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
