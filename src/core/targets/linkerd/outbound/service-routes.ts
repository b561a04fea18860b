import type { Port, Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { grpcRules, isGrpcSayable } from '../../gateway-api-objects/grpc-rules.ts';
import { type ArrangedPart, arrangedParts, httpRules } from '../../gateway-api-objects/http-rules.ts';
import type { HttpRule } from '../../gateway-api-objects/parts.ts';
import { grpcRouteObjects, httpRouteObjects } from '../../gateway-api-objects/route-objects.ts';
import { serviceRouteHead } from '../../gateway-api-objects/service-route-head.ts';
import type { Lowering } from '../context.ts';
import { anchored } from './anchored.ts';
import { closedRule } from './closed-rules.ts';
import { type Run, runsOf } from './runs.ts';
import { streamRoutes } from './stream-routes.ts';

/** Returns the routes of calls inside the mesh: for each port whose calls are not simply sent on. */
export function serviceRoutes(lowering: Lowering): readonly ObjectArtifact[] {
  return Object.values(lowering.ir.services).flatMap((service) =>
    service.ports.flatMap((port) =>
      port.http
        ? httpRoutes(service, port, lowering)
        : streamRoutes(service, port, serviceRouteHead(service, port, lowering), lowering),
    ),
  );
}

/** Returns true if a gRPC port has GRPCRoutes: where these can express all of its rules. */
function isGrpcRoute({ protocol }: Port, parts: readonly ArrangedPart[], lowering: Lowering): boolean {
  return protocol === 'grpc' && parts.length > 0 && isGrpcSayable(parts, lowering.dialect);
}

function httpRoutes(service: Service, port: Port, lowering: Lowering): readonly ObjectArtifact[] {
  const parts = arrangedParts(port.route.rules, port.number, lowering.dialect).filter(
    ({ alternatives }) => alternatives.length > 0,
  );
  const kind = isGrpcRoute(port, parts, lowering) ? 'GRPCRoute' : 'HTTPRoute';
  const runs = runsOf(parts, kind);
  if (port.route.implicit && runs.every(isPlain)) return [];
  const head = serviceRouteHead(service, port, lowering);
  const context = { ...lowering, arrival: { port: port.number, scheme: 'http' } } as const;
  const written = (rules: readonly HttpRule[]): readonly HttpRule[] =>
    rules.map((rule) => anchored(closedRule(rule, service.namespace)));
  if (runs.length === 0) return httpRouteObjects(head, written([everything]));
  const objects: ObjectArtifact[] = [];
  for (const { annotations, parts: own } of runs) {
    const all = { ...head, annotations: { ...head.annotations, ...annotations } };
    objects.push(
      ...(kind === 'GRPCRoute'
        ? grpcRouteObjects(all, grpcRules(own, context, written), objects.length)
        : httpRouteObjects(all, written(httpRules(own, context)), objects.length)),
    );
  }
  return objects;
}

/** A rule that takes every request. */
const everything: HttpRule = { matches: [{ path: { type: 'PathPrefix', value: '/' } }] };

/** Calls that Linkerd sends on in this way by itself. */
function isPlain({ annotations }: Run): boolean {
  return Object.keys(annotations).length === 0;
}
