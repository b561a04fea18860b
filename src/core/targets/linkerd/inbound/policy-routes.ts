import { canonicalJson } from '../../../lib/canonical-json.ts';
import { sha256 } from '../../../lib/sha256.ts';
import type { Json, ObjectArtifact } from '../../artifact.ts';
import { httpMatch } from '../../gateway-api-objects/http-rules.ts';
import { apiGroup } from '../../gateway-api-objects/object.ts';
import type { HttpMatch, HttpRule } from '../../gateway-api-objects/parts.ts';
import { httpRouteObjects } from '../../gateway-api-objects/route-objects.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import { mostMatches } from '../context.ts';
import { object, policyGroup } from '../object.ts';
import { authentication, nameFor, originsOf } from './authentication.ts';
import type { Callers } from './callers.ts';
import type { GuardedPort } from './guarded-ports.ts';
import { grouped } from './levels.ts';
import { oddPath } from './odd-paths.ts';
import type { Permission } from './port-access.ts';

/** The object, in the namespace of the port, that a policy applies to. */
export interface PolicyTarget {
  readonly kind: 'Server' | 'HTTPRoute';
  readonly name: string;
}

/**
 * Returns the policy that lets callers send to a Server or a route. Its list of authentications is never empty, since
 * an empty list would let everybody in.
 */
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

/** The annotation with the level of a route, which orders the creation and removal of a Server's routes. */
export const levelAnnotation = 'meshwright.dev/level';

/**
 * Returns the routes of a Server, one for each set of callers and level, and their policies. Requests that nobody may
 * send, and oddly written paths, have a route without a policy, which answers 403. The names hold a digest of all
 * permissions, so that changed access has new routes beside the old ones until these are removed.
 */
export function policyRoutes(
  guarded: GuardedPort,
  server: string,
  permissions: readonly Permission[],
  probePaths: readonly string[],
): readonly ObjectArtifact[] {
  const { service, port } = guarded;
  const groups = grouped(permissions);
  const digest = sha256(canonicalJson(permissions.map(asJson))).slice(0, 8);
  const named = (index: number): string => objectName(service.name, port.name, digest, String(index + 1));
  const odd: readonly HttpMatch[] = permissions.some(({ cell }) => cell.path.value !== '')
    ? [{ path: { type: 'RegularExpression', value: oddPath } }]
    : [];
  const highest = (groups[0]?.level ?? 0) + 1;
  return [
    ...(odd.length > 0
      ? routeObjects(
          guarded,
          { server, name: objectName(service.name, port.name, digest, 'odd'), level: highest },
          odd,
        )
      : []),
    ...groups.flatMap(({ callers, level, permissions: own }, index) => {
      const matches = own.map(({ cell }) => httpMatch(cell));
      const head = { server, name: named(index), level };
      return callers.length === 0
        ? routeObjects(guarded, head, matches)
        : allowed(guarded, head, callers, matches);
    }),
    ...probes(guarded, server, probePaths),
  ];
}

function asJson({ cell, callers }: Permission): Json {
  return [httpMatch(cell), callers];
}

const anyone: Callers = [{ type: 'anyone' }];

function probes(guarded: GuardedPort, server: string, paths: readonly string[]): readonly ObjectArtifact[] {
  if (paths.length === 0) return [];
  const { service, port } = guarded;
  const matches = paths.map((value): HttpMatch => ({ path: { type: 'Exact', value }, method: 'GET' }));
  const name = objectName(service.name, port.name, 'probes');
  const routes = allowed(guarded, { server, name, level: 0 }, anyone, matches);
  return [authentication(guarded, anyone, ''), ...routes];
}

/** The parts that the objects of one set of matches have in common. */
interface PolicyHead {
  readonly server: string;
  readonly name: string;
  readonly level: number;
}

function allowed(
  guarded: GuardedPort,
  head: PolicyHead,
  callers: Callers,
  matches: readonly HttpMatch[],
): readonly ObjectArtifact[] {
  const routes = routeObjects(guarded, head, matches);
  return routes.flatMap((route) => [
    policyFor(guarded, callers, { kind: 'HTTPRoute', name: route.name }),
    route,
  ]);
}

function routeObjects(
  guarded: GuardedPort,
  { server, name, level }: PolicyHead,
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
      ...(level > 0 && { annotations: { [levelAnnotation]: String(level) } }),
      parentRefs: [{ group: policyGroup, kind: 'Server', name: server, namespace }],
    },
    rules,
  );
}
