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
  const again = new Set<string>();
  const never = new Set<string>();
  let takesAll = false;
  let takesOthers = false;
  const joined: ReadRoute[] = [];
  for (let index = 0; index < routes.length; index += 1) {
    const [one, next] = [routes[index], routes[index + 1]];
    if (one === undefined) continue;
    const { methods } = one.match;
    if (policyOf(one) === undefined) {
      if (methods === undefined) reading.report(one.field, 'methods that are tried again before it');
      for (const method of methods ?? []) never.add(method);
      joined.push(one);
      continue;
    }
    const hasRest =
      next !== undefined &&
      policyOf(next) === undefined &&
      methods !== undefined &&
      keyWithoutMethods(next) === keyWithoutMethods(one);
    for (const method of methods ?? []) again.add(method);
    if (methods === undefined) takesAll = true;
    if (!hasRest) {
      joined.push(one);
      continue;
    }
    index += 1;
    const rest = next.match.methods;
    if (rest === undefined) takesOthers = true;
    for (const method of rest ?? []) never.add(method);
    const all = rest === undefined ? undefined : [...methods, ...rest];
    joined.push({ ...one, match: { ...one.match, methods: all } });
  }
  const isClear = ![...again].some((method) => never.has(method)) && !(takesAll && takesOthers);
  if (!isClear || (takesAll && never.size > 0))
    reading.report(first.field, 'each method to be tried again or not, in all matches of a rule');
  const isAll = takesAll || (!takesOthers && never.size === 0);
  return { routes: joined, retries: { ...policyOf(first), methods: isAll ? 'all' : [...again] } };
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
