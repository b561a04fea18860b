import type { Cors, Header, Rule } from '../../../ir/route.ts';
import { type PreflightRoute, preflightRoutes } from '../../envoy-filters/preflight-routes.ts';
import { type Fields } from '../typed-config.ts';
import { headerMutationFilter, responseChanges } from './header-mutation.ts';
import { anyOf, methodCondition } from './method-condition.ts';
import type { RouteContext } from './route-context.ts';
import { pathCondition } from './route-matches.ts';

/**
 * Returns the routes that answer the preflights of one rule. They precede all others, so that they also answer for a
 * rule that matches only GET. A preflight has only the path and the method of the request that it asks about. Envoy's
 * own CORS filter handles only preflights that match the ordinary route.
 */
export function preflights(
  rules: readonly Rule[],
  rule: Rule,
  name: string,
  { guard, beforeChecks }: RouteContext,
): readonly Fields[] {
  const { cors } = rule;
  if (cors === undefined) return [];
  return preflightRoutes(rules, rule).flatMap((route) => {
    const path = pathCondition(route.path);
    if (path === undefined) return [];
    const headers = [...methodCondition(['OPTIONS']), originCondition(cors), ...requested(route)];
    return [
      {
        name: `${name}/preflight`,
        match: { ...path, headers, ...guard },
        direct_response: { status: 200 },
        typed_per_filter_config: {
          ...beforeChecks,
          [headerMutationFilter]: responseChanges(rule.responseHeaders, preflightHeaders(cors)),
        },
      },
    ];
  });
}

/** Returns a matcher for requests from pages of the allowed origins. */
export function originCondition({ allowOrigins }: Cors): Fields {
  return allowOrigins.includes('*')
    ? { name: 'origin', present_match: true }
    : { name: 'origin', string_match: anyOf(allowOrigins) };
}

/** Returns the headers for an actual request from an allowed origin. */
export function actualHeaders(cors: Cors): readonly Header[] {
  return [...originHeaders(cors), ...listed('access-control-expose-headers', cors.exposeHeaders)];
}

function requested({ methods, otherThan, except }: PreflightRoute): readonly Fields[] {
  const name = 'access-control-request-method';
  return [
    methods === undefined ? { name, present_match: true } : { name, string_match: anyOf(methods) },
    ...(otherThan.length > 0 ? [{ name, string_match: anyOf(otherThan), invert_match: true }] : []),
    ...(except === undefined
      ? []
      : [{ name: ':path', string_match: { safe_regex: { regex: except } }, invert_match: true }]),
  ];
}

function preflightHeaders(cors: Cors): readonly Header[] {
  return [
    ...originHeaders(cors),
    ...listed('access-control-allow-methods', cors.allowMethods),
    ...listed('access-control-allow-headers', cors.allowHeaders),
    ...(cors.maxAge === undefined ? [] : [{ name: 'access-control-max-age', value: String(cors.maxAge) }]),
  ];
}

function originHeaders({ allowCredentials }: Cors): readonly Header[] {
  return [
    { name: 'access-control-allow-origin', value: '%REQ(ORIGIN)%' },
    ...(allowCredentials ? [{ name: 'access-control-allow-credentials', value: 'true' }] : []),
  ];
}

function listed(name: string, values: readonly string[]): readonly Header[] {
  return values.length === 0 ? [] : [{ name, value: values.join(', ').replaceAll('%', '%%') }];
}
