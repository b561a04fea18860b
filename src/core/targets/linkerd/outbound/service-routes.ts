import type { Port, Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { grpcRules, isGrpcSayable } from '../../gateway-api-objects/grpc-rules.ts';
import { type ArrangedPart, arrangedParts, httpRules } from '../../gateway-api-objects/http-rules.ts';
import type { HttpRule, ParentRef } from '../../gateway-api-objects/parts.ts';
import {
  grpcRouteObjects,
  httpRouteObjects,
  type RouteHead,
} from '../../gateway-api-objects/route-objects.ts';
import { neededServices } from '../../gateway-api-objects/version-services.ts';
import type { Lowering } from '../context.ts';
import { anchored } from './anchored.ts';
import { withoutDefaultBackend } from './closed-rules.ts';
import { type Run, runsOf } from './runs.ts';
import { streamRoutes } from './stream-routes.ts';

/** Returns the routes of calls inside the mesh: for each port whose calls are not simply sent on. */
export function serviceRoutes(lowering: Lowering): readonly ObjectArtifact[] {
  return Object.values(lowering.ir.services).flatMap((service) =>
    service.ports.flatMap((port) =>
      port.http
        ? httpRoutes(service, port, lowering)
        : streamRoutes(service, port, headOf(service, port, lowering), lowering),
    ),
  );
}

/** Returns the parts of the rules for calls to a port. */
export function partsOf({ route, number }: Port, { dialect }: Lowering): readonly ArrangedPart[] {
  return arrangedParts(route.rules, number, dialect);
}

/** Returns true if a gRPC port has GRPCRoutes: where these can express all of its rules. */
function isGrpcRoute({ protocol }: Port, parts: readonly ArrangedPart[], lowering: Lowering): boolean {
  return protocol === 'grpc' && parts.length > 0 && isGrpcSayable(parts, lowering.dialect);
}

function httpRoutes(service: Service, port: Port, lowering: Lowering): readonly ObjectArtifact[] {
  const parts = partsOf(port, lowering).filter(({ alternatives }) => alternatives.length > 0);
  const kind = isGrpcRoute(port, parts, lowering) ? 'GRPCRoute' : 'HTTPRoute';
  const runs = runsOf(parts, kind);
  if (port.route.implicit && runs.every(isPlain)) return [];
  const head = headOf(service, port, lowering);
  const context = { ...lowering, arrival: { port: port.number, scheme: 'http' } } as const;
  const written = (rules: readonly HttpRule[]): readonly HttpRule[] =>
    rules.map((rule) => anchored(withoutDefaultBackend(rule, service.namespace)));
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

function headOf(service: Service, port: Port, lowering: Lowering): RouteHead {
  const { id, namespace, name, origin } = service;
  return {
    namespace,
    name: [name, port.name],
    from: `Service/${id}`,
    origins: port.route.implicit ? [origin] : port.route.rules.map((rule) => rule.origin),
    parentRefs: [parentOf(service, port)],
    ...neededServices(port.route.rules, lowering),
  };
}

function parentOf({ name, namespace }: Service, { number }: Port): ParentRef {
  return { group: '', kind: 'Service', name, namespace, port: number };
}
