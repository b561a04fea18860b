import type { RouteMatch } from '../match.ts';
import type { Rollout } from '../rollout.ts';
import type { Forward, Rule } from '../route.ts';
import { type ShareOf, splitArms } from './split-arms.ts';

/**
 * Returns the rule to put before `rule` for requests that fit the `match` of a Rollout. Returns an empty list if the
 * Rollout has no `match`, if no request can fit both, or after the promotion.
 */
export function matchingRules(
  rollout: Rollout,
  shareOf: ShareOf,
  { name: _, ...rule }: Rule,
  action: Forward,
): readonly Rule[] {
  const { match, strategy, origin } = rollout;
  if (match === undefined || (strategy !== 'canary' && strategy !== 'ab')) return [];
  const isRunning = action.backends.some(
    ({ service, version }) => version === rollout.from && shareOf(service)?.state === 'running',
  );
  if (!isRunning) return [];
  const matches =
    rule.matches.length === 0 ? [match] : rule.matches.flatMap((one) => bothOf(one, match) ?? []);
  if (matches.length === 0) return [];
  return [
    { ...rule, origin, matches, action: splitArms(rollout, shareOf, action, { http: true, matched: true }) },
  ];
}

/** Returns the conditions of both matches; undefined if they have no method in common. */
function bothOf(rule: RouteMatch, { methods, headers, query, origin }: RouteMatch): RouteMatch | undefined {
  const common =
    rule.methods && methods ? rule.methods.filter((method) => methods.includes(method)) : undefined;
  if (common?.length === 0) return undefined;
  const both = common ?? rule.methods ?? methods;
  return {
    ...rule,
    origin,
    ...(both && { methods: both }),
    headers: [...rule.headers, ...headers],
    query: [...rule.query, ...query],
  };
}
