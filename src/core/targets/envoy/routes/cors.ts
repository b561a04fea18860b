import type { RouteMatch } from '../../../ir/match.ts';
import type { Cors, Header, Rule } from '../../../ir/route.ts';
import { type Fields } from '../typed-config.ts';
import { headerMutationFilter, responseChanges } from './header-mutation.ts';
import { anyOf, methodCondition } from './method-condition.ts';
import type { RouteContext } from './route-context.ts';
import { pathCondition } from './route-matches.ts';

/**
 * The routes that answer preflights of one rule. They stand before all others, so a rule that takes GET alone is asked
 * too; what a preflight asks for is path and method, no other condition. Envoy's own CORS filter knows only preflights
 * that the ordinary route takes.
 */
export function preflightRoutes(
  rule: Rule,
  name: string,
  { guard, beforeChecks }: RouteContext,
): readonly Fields[] {
  const { cors } = rule;
  if (cors === undefined) return [];
  const matches: readonly (RouteMatch | undefined)[] = rule.matches.length === 0 ? [undefined] : rule.matches;
  return matches.flatMap((match) => {
    const path = pathCondition(match?.path);
    if (path === undefined) return [];
    const headers = [...methodCondition(['OPTIONS']), originCondition(cors), requestedMethod(match?.methods)];
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

/** A matcher that takes requests of pages of the allowed origins. */
export function originCondition({ allowOrigins }: Cors): Fields {
  return allowOrigins.includes('*')
    ? { name: 'origin', present_match: true }
    : { name: 'origin', string_match: anyOf(allowOrigins) };
}

/** What an actual request of an allowed origin is told. */
export function actualHeaders(cors: Cors): readonly Header[] {
  return [...originHeaders(cors), ...listed('access-control-expose-headers', cors.exposeHeaders)];
}

function requestedMethod(methods: readonly string[] | undefined): Fields {
  const name = 'access-control-request-method';
  return methods === undefined ? { name, present_match: true } : { name, string_match: anyOf(methods) };
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
