import type { Route } from '../../../ir/route.ts';
import { formatOrigin, type Origin } from '../../../location.ts';

/** Returns the places of rules, each once, in their order. */
export function routeOrigins(routes: readonly Route[]): readonly Origin[] {
  const rules = routes.filter(({ implicit }) => !implicit).flatMap((route) => route.rules);
  return [...new Map(rules.map(({ origin }) => [formatOrigin(origin), origin])).values()];
}
