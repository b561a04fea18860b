import type { Route, Rule } from '../../ir/route.ts';

/** Returns the name of a rule's routes, by which EnvoyFilters find them; it is unique in the Route. */
export function ruleName(route: Route, rule: Rule): string {
  let names = known.get(route);
  if (names === undefined) known.set(route, (names = namesOf(route)));
  return names.get(rule) ?? route.name;
}

/** Returns the name of the route that answers the preflights of a rule. */
export function preflightName(route: Route, rule: Rule): string {
  return `${ruleName(route, rule)}/preflight`;
}

const known = new WeakMap<Route, ReadonlyMap<Rule, string>>();

/**
 * Returns the names of a Route's rules. At a gateway the rules of several Routes are in one list, where two may have
 * the same name.
 */
function namesOf({ name: of, rules }: Route): ReadonlyMap<Rule, string> {
  const taken = new Set<string>();
  return new Map(
    rules.map((rule, index) => {
      const position = String(index + 1);
      const wanted = `${of}/${rule.name ?? position}`;
      const name = taken.has(wanted) ? `${wanted}/${position}` : wanted;
      taken.add(name);
      return [rule, name] as const;
    }),
  );
}
