import type { Ir } from '../../ir/ir.ts';
import { mapRoutes } from '../../ir/map-routes.ts';
import type { Backend, Route, Rule } from '../../ir/route.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';

/** Returns true if the Routes of both meshes treat all requests in the same way. Places in the spec don't count. */
export function haveEqualRoutes(one: Ir, other: Ir): boolean {
  return routesOf(one) === routesOf(other);
}

function routesOf(ir: Ir): string {
  const routes: unknown[] = [];
  mapRoutes(ir, (route) => {
    routes.push(meaning(route));
    return route;
  });
  return routes.map((route) => canonicalJson(route as object)).join('\n');
}

function meaning({ rules }: Route): unknown {
  return withoutPlaces({ rules: rules.map(ruleMeaning) });
}

function ruleMeaning({ name: _, ...rule }: Rule): unknown {
  const { action } = rule;
  return action.type === 'forward'
    ? { ...rule, action: { ...action, backends: shares(action.backends) } }
    : rule;
}

/** Returns the share of each destination in millionths. */
function shares(backends: readonly Backend[]): unknown {
  const all = backends.reduce((sum, { weight }) => sum + weight, 0);
  const sums = new Map<string, number>();
  for (const { service, version = '', port, weight } of backends) {
    const key = [service, version, port].join(' ');
    if (weight > 0 || all === 0) sums.set(key, (sums.get(key) ?? 0) + (all === 0 ? 0 : weight / all));
  }
  return [...sums].map(([key, share]) => [key, Math.round(share * 1e6)]).sort();
}

function withoutPlaces(value: object): object {
  const isPlace = (key: string, part: unknown) =>
    /^(?:origin|.+Origin)$/.test(key) && typeof part === 'object';
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (isPlace(key, part) ? undefined : part)),
  ) as object;
}
