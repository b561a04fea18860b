import type { Route, Rule } from '../../../ir/route.ts';
import type { Json } from '../../artifact.ts';
import { limitsOfRule, type NamedLimit } from '../../envoy-filters/rule-limits.ts';
import type { Fields } from '../typed-config.ts';
import { preflights } from './cors.ts';
import { rateLimitFilter, virtualHostLimits } from './rate-limit.ts';
import type { RouteContext } from './route-context.ts';
import { type NamedRule, ruleRoutes } from './rule-routes.ts';

/** The routes of one Route in one context. A host may have several; the first that match decide. */
export interface HostRoutes {
  readonly routes: readonly Fields[];
  readonly limits: readonly NamedLimit[];
}

/** Returns a Route's rules as Envoy routes: preflights first, then the rules in their order. */
export function hostRoutes(route: Route, context: RouteContext, prefix = ''): HostRoutes {
  const rules = route.rules.map((rule, index): NamedRule => {
    const name = `${prefix}${ruleName(route, rule, index)}`;
    return { rule, name, limits: limitsOfRule(context.ir, rule, name) };
  });
  return {
    routes: [
      ...rules.flatMap(({ rule, name }) => preflights(route.rules, rule, name, context)),
      ...rules.flatMap((rule) => ruleRoutes(rule, context)),
    ],
    limits: rules.flatMap(({ limits }) => limits),
  };
}

/** Returns the name of the Envoy routes of a rule. */
export function ruleName(route: Route, rule: Rule, index: number): string {
  return `${route.name}/${rule.name ?? String(index + 1)}`;
}

/**
 * Returns a VirtualHost; Envoy answers 404 if none of its routes matches. `perFilter` replaces the settings of the
 * RouteConfiguration here.
 */
export function virtualHost(
  name: string,
  domains: readonly string[],
  parts: readonly HostRoutes[],
  perFilter: Fields = {},
): Json {
  const limits = parts.flatMap((part) => part.limits);
  const own = { ...perFilter, ...(limits.length > 0 && { [rateLimitFilter]: virtualHostLimits(limits) }) };
  return {
    name,
    domains,
    ...(Object.keys(own).length > 0 && { typed_per_filter_config: own }),
    routes: parts.flatMap((part) => part.routes),
  };
}
