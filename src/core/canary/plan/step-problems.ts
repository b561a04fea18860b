import type { Ir } from '../../ir/ir.ts';
import { mapRoutes } from '../../ir/map-routes.ts';
import type { Rollout } from '../../ir/rollout.ts';
import type { Backend, Route } from '../../ir/route.ts';

/** The difference of shares that rounding of weights explains. */
const rounding = 1e-6;

/**
 * Returns the changes of a step beside the weights of both arms, for users. A step may change routes alone, and in each
 * rule both arms together have to keep the share that `from` had.
 */
export function stepProblems(before: Ir, at: Ir, rollout: Rollout, weight: number): readonly string[] {
  const step = `the step of ${String(weight)} %`;
  const [one, other] = [partsOf(before), partsOf(at)];
  const problems = one.bare === other.bare ? [] : [`${step} changes more than routes`];
  for (const [i, route] of one.routes.entries()) {
    const now = other.routes[i];
    if (now === undefined || now === route) continue;
    // Requests that fit the rollout's `match` have rules of their own, before the others.
    const rules = now.rules.slice(-route.rules.length);
    for (const [k, rule] of route.rules.entries()) {
      const changed = rules[k];
      if (rule.action.type !== 'forward' || changed?.action.type !== 'forward') continue;
      const [had, has] = [
        armsShare(rule.action.backends, rollout),
        armsShare(changed.action.backends, rollout),
      ];
      if (Math.abs(had - has) > rounding)
        problems.push(
          `${step} gives both versions ${String(has)} of a rule of ${route.name}, and not ${String(had)}`,
        );
    }
  }
  return problems;
}

/** Returns the mesh without its routes, as text, and all its routes in order. */
function partsOf(ir: Ir): { readonly bare: string; readonly routes: readonly Route[] } {
  const routes: Route[] = [];
  const bare = mapRoutes(ir, (route) => {
    routes.push(route);
    return { ...route, rules: [] };
  });
  return { bare: JSON.stringify(bare), routes };
}

/** Returns the share of both arms in a rule, 0..1. */
function armsShare(backends: readonly Backend[], { services, from, to }: Rollout): number {
  const sum = (some: readonly Backend[]): number => some.reduce((all, { weight }) => all + weight, 0);
  const arms = backends.filter(
    ({ service, version }) => services.includes(service) && (version === from || version === to),
  );
  const all = sum(backends);
  return all === 0 ? 0 : sum(arms) / all;
}
