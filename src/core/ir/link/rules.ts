import { parseDuration } from '../../spec/duration.ts';
import type { RouteRule, Cors as WrittenCors } from '../../spec/types.gen.ts';
import type { Cors, PathChange, Redirect, Respond, Rule } from '../route.ts';
import { forwardOf } from './forward.ts';
import { headerChanges, noHeaderChanges } from './header-changes.ts';
import { routeMatches } from './route-matches.ts';
import { type ActionName, actionOf } from './rule-fields.ts';
import type { RuleScope } from './rule-scope.ts';
import { itemsOf, originOfWritten, type SpecPlace } from './spec-place.ts';

/** Returns the rules of a Route that can match in the scope, in order. */
export function rulesOf(scope: RuleScope): readonly Rule[] {
  return itemsOf(scope.route.value.spec.rules).flatMap(([rule, at]) => ruleOf(scope, rule, at) ?? []);
}

function ruleOf(scope: RuleScope, rule: RouteRule, at: SpecPlace): Rule | undefined {
  const matches = routeMatches(scope, rule.match);
  if (matches === undefined) return undefined;
  const name = actionOf(scope, rule, at);
  const action = name === undefined ? undefined : linkedAction(scope, rule, name, at);
  if (action === undefined) return undefined;
  const http = scope.layer === 'http';
  return {
    origin: originOfWritten(at),
    ...(rule.name !== undefined && { name: rule.name }),
    matches,
    action,
    responseHeaders: http ? headerChanges(scope.linking, rule.headers?.response) : noHeaderChanges,
    ...(http && rule.cors && { cors: corsOf(rule.cors, { container: rule, key: 'cors' }) }),
  };
}

function linkedAction(
  scope: RuleScope,
  rule: RouteRule,
  name: ActionName,
  at: SpecPlace,
): Rule['action'] | undefined {
  switch (name) {
    case 'backends':
      return forwardOf(scope, rule, at);
    case 'redirect':
      return redirectOf(rule);
    case 'respond':
      return respondOf(rule);
  }
}

function redirectOf(rule: RouteRule): Redirect {
  const { scheme, host, port, path, status } = rule.redirect ?? {};
  return {
    origin: originOfWritten({ container: rule, key: 'redirect' }),
    type: 'redirect',
    ...(scheme !== undefined && { scheme }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(path !== undefined && { path: redirectPath(path) }),
    status: status ?? 302,
  };
}

function redirectPath(path: NonNullable<NonNullable<RouteRule['redirect']>['path']>): string | PathChange {
  return typeof path === 'string' ? path : { type: 'replacePrefix', value: path.replacePrefix ?? '/' };
}

function respondOf(rule: RouteRule): Respond {
  const { status, body } = rule.respond ?? { status: 200 };
  return {
    origin: originOfWritten({ container: rule, key: 'respond' }),
    type: 'respond',
    status,
    body: body ?? '',
  };
}

function corsOf(cors: WrittenCors, at: SpecPlace): Cors {
  const lower = (names: readonly string[] | undefined): readonly string[] =>
    (names ?? []).map((name) => name.toLowerCase());
  return {
    origin: originOfWritten(at),
    allowOrigins: cors.allowOrigins,
    allowMethods: cors.allowMethods ?? [],
    allowHeaders: lower(cors.allowHeaders),
    exposeHeaders: lower(cors.exposeHeaders),
    allowCredentials: cors.allowCredentials ?? false,
    ...(cors.maxAge !== undefined && { maxAge: Math.floor(parseDuration(cors.maxAge) / 1000) }),
  };
}
