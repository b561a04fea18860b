import type { Ir } from '../../../ir/ir.ts';
import type { RouteMatch } from '../../../ir/match.ts';
import type { Forward } from '../../../ir/route.ts';

/** Returns true if Consul leaves the path as it is: it exchanges only what a route names. */
export function keepsPath({ rewrite }: Forward, { path }: RouteMatch): boolean {
  return rewrite?.path?.type === 'replaceFull' && path?.type !== 'exact';
}

/**
 * Returns true if Access of a service behind a rule asks about a path or a host that the rule changes and Consul does not.
 * It would judge the one that was requested, and might let in whom the spec refuses.
 */
export function isJudgedWrongly(action: Forward, match: RouteMatch, { services }: Ir): boolean {
  const lost = [
    ...(keepsPath(action, match) ? (['paths'] as const) : []),
    ...(action.rewrite?.host === undefined ? [] : (['hosts'] as const)),
  ];
  const reached = action.backends.flatMap(({ service, weight }) => {
    const found = services[service];
    return weight > 0 && found !== undefined ? [found.access] : [];
  });
  return reached
    .flatMap(({ allow, deny }) => [...allow, ...deny])
    .flatMap(({ to = [], except = [] }) => [...to, ...except.flatMap((exception) => exception.to ?? [])])
    .some((operation) => lost.some((condition) => operation[condition] !== undefined));
}
