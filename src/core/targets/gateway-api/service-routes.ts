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

/** Returns what happens to calls inside the mesh: a route for each port whose calls are not simply sent on. */
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

/** Without any rule an API server would add one that takes every request; this one has no backend, as 500 says. */
const closed: HttpRule = { matches: [{ path: { type: 'PathPrefix', value: '/' } }] };

/** A rule that sends on, and says nothing else. */
function isPlain({ filters, timeouts, retry }: HttpRule): boolean {
  return filters === undefined && timeouts === undefined && retry === undefined;
}

/**
 * Returns the route of connections to a port, of which nothing but the port is seen: the first rule that asks for nothing
 * else takes them. Without such a rule, or without a Service that the rule sends to, they are closed.
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
