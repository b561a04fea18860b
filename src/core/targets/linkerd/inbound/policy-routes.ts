import type { ObjectArtifact } from '../../artifact.ts';
import { httpMatch } from '../../gateway-api-objects/http-rules.ts';
import { apiGroup } from '../../gateway-api-objects/object.ts';
import type { HttpMatch, HttpRule } from '../../gateway-api-objects/parts.ts';
import { httpRouteObjects } from '../../gateway-api-objects/route-objects.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import { mostMatches } from '../context.ts';
import { object, policyGroup } from '../object.ts';
import { authentication, nameFor, originsOf } from './authentication.ts';
import type { Callers } from './callers.ts';
import { groupedByCallers } from './grouped-by-callers.ts';
import { oddPath } from './odd-paths.ts';
import type { Permission } from './port-access.ts';
import type { GuardedPort } from './shared-ports.ts';

/** An object of the port's namespace that a policy is for. */
export interface PolicyTarget {
  readonly kind: 'Server' | 'HTTPRoute';
  readonly name: string;
}

/** Returns the leave of callers to send to a Server or a route; it never has an empty list, which would let in everybody. */
export function policyFor(
  guarded: GuardedPort,
  callers: Callers,
  { kind, name }: PolicyTarget,
): ObjectArtifact {
  const { service } = guarded;
  const isAnyone = callers.some(({ type }) => type === 'anyone');
  return object({
    kind: 'AuthorizationPolicy',
    namespace: service.namespace,
    name: kind === 'Server' ? nameFor(guarded, callers) : name,
    from: `Service/${service.id}`,
    origins: originsOf(guarded),
    spec: {
      targetRef: { group: kind === 'Server' ? policyGroup : apiGroup, kind, name },
      requiredAuthenticationRefs: [
        {
          group: policyGroup,
          kind: isAnyone ? 'NetworkAuthentication' : 'MeshTLSAuthentication',
          name: nameFor(guarded, callers),
        },
      ],
    },
  });
}

/**
 * Returns routes of a Server, one for each set of callers, and their policies. What nobody may send has a route without
 * a policy, which answers 403; so have paths in another spelling than matches compare.
 */
export function policyRoutes(
  guarded: GuardedPort,
  server: string,
  permissions: readonly Permission[],
  probePaths: readonly string[],
): readonly ObjectArtifact[] {
  const groups = groupedByCallers(permissions);
  const routes = groups.flatMap(({ callers, permissions: own }) => {
    const matches = own.map(({ cell }) => httpMatch(cell));
    if (callers.length === 0) return [];
    return allowed(guarded, server, nameFor(guarded, callers), callers, matches);
  });
  const refused = groups
    .filter(({ callers }) => callers.length === 0)
    .flatMap(({ permissions: own }) => own.map(({ cell }) => httpMatch(cell)));
  const odd: readonly HttpMatch[] = permissions.some(({ cell }) => cell.path.value !== '')
    ? [{ path: { type: 'RegularExpression', value: oddPath } }]
    : [];
  const nobody = [...odd, ...refused];
  return [
    ...(nobody.length > 0
      ? routeObjects(guarded, server, objectName(guarded.service.name, guarded.port.name, 'nobody'), nobody)
      : []),
    ...routes,
    ...probes(guarded, server, probePaths),
  ];
}

const anyone: Callers = [{ type: 'anyone' }];

function probes(guarded: GuardedPort, server: string, paths: readonly string[]): readonly ObjectArtifact[] {
  if (paths.length === 0) return [];
  const { service, port } = guarded;
  const matches = paths.map((value): HttpMatch => ({ path: { type: 'Exact', value }, method: 'GET' }));
  const routes = allowed(guarded, server, objectName(service.name, port.name, 'probes'), anyone, matches);
  return [authentication(guarded, anyone, ''), ...routes];
}

function allowed(
  guarded: GuardedPort,
  server: string,
  name: string,
  callers: Callers,
  matches: readonly HttpMatch[],
): readonly ObjectArtifact[] {
  const routes = routeObjects(guarded, server, name, matches);
  return routes.flatMap((route) => [
    policyFor(guarded, callers, { kind: 'HTTPRoute', name: route.name }),
    route,
  ]);
}

function routeObjects(
  guarded: GuardedPort,
  server: string,
  name: string,
  matches: readonly HttpMatch[],
): readonly ObjectArtifact[] {
  const { namespace, id } = guarded.service;
  const count = Math.ceil(matches.length / mostMatches);
  const rules = Array.from({ length: count }, (_, set): HttpRule => {
    return { matches: matches.slice(set * mostMatches, (set + 1) * mostMatches) };
  });
  return httpRouteObjects(
    {
      namespace,
      name: [name],
      from: `Service/${id}`,
      origins: originsOf(guarded),
      parentRefs: [{ group: policyGroup, kind: 'Server', name: server, namespace }],
    },
    rules,
  );
}
