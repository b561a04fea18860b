import type { Retries } from '../../../../spec/types.gen.ts';
import type { Reading } from './reading.ts';
import type { ReadRoute } from './rules.ts';

/**
 * Returns the routes of a rule without their division by the methods that are tried again, and the retries with these methods.
 */
export function splitRetries(
  reading: Reading,
  routes: readonly ReadRoute[],
): { readonly routes: readonly ReadRoute[]; readonly retries: Retries | undefined } {
  const retried = routes.filter((one) => policyOf(one) !== undefined);
  const [first] = retried;
  if (first === undefined) return { routes, retries: undefined };
  const policy = JSON.stringify(policyOf(first));
  for (const one of retried)
    if (JSON.stringify(policyOf(one)) !== policy) reading.report(one.field, 'one policy of retries');
  const { again, never, takesAll, takesOthers, joined } = foundIn(reading, routes);
  const isClear = ![...again].some((method) => never.has(method));
  if (!isClear || (takesAll && (takesOthers || never.size > 0)))
    reading.report(first.field, 'each method to be tried again or not, in all matches of a rule');
  const isAll = takesAll || (!takesOthers && never.size === 0);
  return { routes: joined, retries: { ...policyOf(first), methods: isAll ? 'all' : [...again] } };
}

/** Returns the methods of the routes of a rule that are tried again, and the routes without their division by these. */
function foundIn(reading: Reading, routes: readonly ReadRoute[]): Found {
  const found: Found = {
    again: new Set(),
    never: new Set(),
    takesAll: false,
    takesOthers: false,
    joined: [],
  };
  for (let index = 0; index < routes.length; index += 1) {
    const [one, next] = [routes[index], routes[index + 1]];
    if (one === undefined) continue;
    if (policyOf(one) === undefined) readRest(reading, one, found);
    else if (next !== undefined && isRestOf(next, one)) {
      joinRest(one, next, found);
      index += 1;
    } else {
      for (const method of one.match.methods ?? []) found.again.add(method);
      if (one.match.methods === undefined) found.takesAll = true;
      found.joined.push(one);
    }
  }
  return found;
}

interface Found {
  /** Methods that are tried again, and those that are not. */
  readonly again: Set<string>;
  readonly never: Set<string>;
  /** True if a match tries all methods again; if one leaves all others to a route without tries. */
  takesAll: boolean;
  takesOthers: boolean;
  readonly joined: ReadRoute[];
}

/** Notes a match none of whose methods is tried again. */
function readRest(reading: Reading, route: ReadRoute, { never, joined }: Found): void {
  const { methods } = route.match;
  if (methods === undefined) reading.report(route.field, 'methods that are tried again before it');
  for (const method of methods ?? []) never.add(method);
  joined.push(route);
}

/** Returns true for a route of the other methods of the same requests. */
function isRestOf(rest: ReadRoute, route: ReadRoute): boolean {
  const isOther = policyOf(rest) === undefined && route.match.methods !== undefined;
  return isOther && keyWithoutMethods(rest) === keyWithoutMethods(route);
}

function joinRest(route: ReadRoute, rest: ReadRoute, found: Found): void {
  const { methods = [] } = route.match;
  for (const method of methods) found.again.add(method);
  const others = rest.match.methods;
  if (others === undefined) found.takesOthers = true;
  for (const method of others ?? []) found.never.add(method);
  const all = others === undefined ? undefined : [...methods, ...others];
  found.joined.push({ ...route, match: { ...route.match, methods: all } });
}

function policyOf({ action }: ReadRoute): Omit<Retries, 'methods'> | undefined {
  return action.type === 'forward' ? action.retries : undefined;
}

function keyWithoutMethods({ match, action }: ReadRoute): string {
  const substitution = action.type === 'forward' ? action.substitution : undefined;
  return JSON.stringify([
    { ...match, methods: undefined, callers: match.callers.map(({ value }) => value) },
    substitution && [substitution.pattern, substitution.text],
  ]);
}
