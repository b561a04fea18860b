import type { Field } from '../../../import/field.ts';

/** The kinds of routes, of which a route has one. */
export const routeKinds = ['httpRoute', 'http2Route', 'grpcRoute', 'tcpRoute'] as const;

/**
 * Returns routes in the order in which App Mesh tries them: by priority, where 0 comes first and a route without one last, and
 * routes of one priority by the length of their path, the longest first.
 */
export function inOrder(routes: readonly Field[]): readonly Field[] {
  return routes
    .map((route) => ({ route, priority: route.at('priority').number() ?? 1001, length: pathLength(route) }))
    .sort((one, other) => one.priority - other.priority || other.length - one.length)
    .map(({ route }) => route);
}

function pathLength(route: Field): number {
  const lengths = routeKinds.map((kind) => {
    const match = route.along(kind, 'match');
    const parts = [match.at('prefix'), match.along('path', 'exact'), match.along('path', 'regex')];
    const named = [match.at('serviceName'), match.at('methodName')];
    return [...parts, ...named].reduce(
      (sum, { value }) => sum + (typeof value === 'string' ? value.length : 0),
      0,
    );
  });
  return Math.max(...lengths);
}
