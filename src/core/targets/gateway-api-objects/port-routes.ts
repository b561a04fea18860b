import type { Port } from '../../ir/service.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { withoutDefaultBackend } from './default-backend.ts';
import { grpcRules, isGrpcSayable } from './grpc-rules.ts';
import { arrangedParts, httpRules } from './http-rules.ts';
import type { GatewayApiLowering } from './lowering.ts';
import type { HttpRule } from './parts.ts';
import { grpcRouteObjects, httpRouteObjects, type RouteHead } from './route-objects.ts';
import type { RuleContext } from './rule-context.ts';

/** Returns the routes of requests to a port inside the mesh, or an empty list if all requests are simply sent on. */
export function portRoutes(
  port: Pick<Port, 'number' | 'route' | 'protocol'>,
  head: RouteHead,
  lowering: Pick<GatewayApiLowering, 'dialect' | 'serviceOf'>,
): readonly ObjectArtifact[] {
  const { dialect, serviceOf } = lowering;
  const context: RuleContext = { dialect, serviceOf, arrival: { port: port.number, scheme: 'http' } };
  const parts = arrangedParts(port.route.rules, port.number, dialect);
  const rules = httpRules(parts, context);
  if (port.route.implicit && rules.every(isPlain)) return [];
  const written = (own: readonly HttpRule[]): readonly HttpRule[] =>
    dialect.rulesWithoutBackends === 'passed on'
      ? own.map((rule) => withoutDefaultBackend(rule, head.namespace))
      : own;
  if (port.protocol === 'grpc' && isGrpcSayable(parts, dialect) && rules.length > 0)
    return grpcRouteObjects(head, grpcRules(parts, context, written));
  return httpRouteObjects(head, written(rules.length > 0 ? rules : [closed]));
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
