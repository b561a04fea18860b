import type { Route, Rule } from '../../../ir/route.ts';
import type { Json } from '../../artifact.ts';
import type { NamedLimit } from '../../envoy-filters/rule-limits.ts';
import type { Fields } from '../typed-config.ts';
import { preflights } from './cors.ts';
import { rateLimitFilter, virtualHostLimits } from './rate-limit.ts';
import type { RouteContext } from './route-context.ts';
import { type NamedRule, ruleRoutes } from './rule-routes.ts';

/** The routes of one Route in one context; the same host may hold several, the first that match win. */
export interface HostRoutes {
  readonly routes: readonly Fields[];
  readonly limits: readonly NamedLimit[];
}

/** A Route's rules as Envoy routes: preflights first, then the rules in their order. */
export function hostRoutes(route: Route, context: RouteContext, prefix = ''): HostRoutes {
  const rules = route.rules.map((rule, index): NamedRule => {
    const name = `${prefix}${ruleName(route, rule, index)}`;
    const limited = rule.action.type === 'forward' && rule.action.rateLimit !== undefined;
    return { rule, name, ...(limited && { limit: name }) };
  });
  return {
    routes: [
      ...rules.flatMap(({ rule, name }) => preflights(route.rules, rule, name, context)),
      ...rules.flatMap((rule) => ruleRoutes(rule, context)),
    ],
    limits: rules.flatMap(({ rule, limit }) =>
      rule.action.type === 'forward' && rule.action.rateLimit !== undefined && limit !== undefined
        ? [{ id: limit, limit: rule.action.rateLimit }]
        : [],
    ),
  };
}

/** What the Envoy routes of a rule are called. */
export function ruleName(route: Route, rule: Rule, index: number): string {
  return `${route.name}/${rule.name ?? String(index + 1)}`;
}

/** A VirtualHost; what none of its routes takes is 404, as Envoy has it. */
export function virtualHost(name: string, domains: readonly string[], parts: readonly HostRoutes[]): Json {
  const limits = parts.flatMap((part) => part.limits);
  return {
    name,
    domains,
    ...(limits.length > 0 && { typed_per_filter_config: { [rateLimitFilter]: virtualHostLimits(limits) } }),
    routes: parts.flatMap((part) => part.routes),
  };
}
