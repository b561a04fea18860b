import type { Cors, Header, HeaderChanges, Rule } from '../../../../ir/route.ts';
import { type PreflightRoute, preflightRoutes } from '../../../envoy-filters/preflight-routes.ts';
import { duration } from '../../../kubernetes-objects/duration.ts';
import type { CorsPolicy, HeaderOperations, Headers, HttpRoute, StringMatch } from '../../crds/parts.ts';
import { operations } from './header-changes.ts';
import type { HttpContext } from './http-context.ts';
import { pathMatches } from './path-matches.ts';
import { anyOf } from './string-match.ts';

/**
 * Returns the routes that answer the preflights of one rule. They precede all rules, so that they also answer for a
 * rule that matches only GET. A preflight has only the path and the method of the request that it asks about. Istio's
 * own `corsPolicy` handles only preflights that match the ordinary rule.
 */
export function preflight(
  rules: readonly Rule[],
  rule: Rule,
  name: string,
  context: HttpContext,
): readonly HttpRoute[] {
  const { cors } = rule;
  if (cors === undefined) return [];
  const match = preflightRoutes(rules, rule)
    .filter(isSayable)
    .flatMap(({ path: asked, methods, otherThan, except }) =>
      pathMatches(asked).map((path) => {
        const without = {
          ...(otherThan.length > 0 && { 'access-control-request-method': anyOf(otherThan) }),
          ...(except !== undefined && { ':path': { regex: except } }),
        };
        return {
          ...path,
          ...(context.asksPort && { port: context.port }),
          method: { exact: 'OPTIONS' },
          headers: {
            origin: originMatch(cors),
            'access-control-request-method': methods === undefined ? {} : anyOf(methods),
          },
          ...(Object.keys(without).length > 0 && { withoutHeaders: without }),
        };
      }),
    );
  if (match.length === 0) return [];
  return [{ name, match, directResponse: { status: 200 }, headers: preflightAnswer(rule, cors) }];
}

/** The longest pattern that Istio accepts, in characters. */
const longest = 1024;

/** Returns true if Istio can express the exception of requests that earlier rules decide. */
export function isSayable({ except = '' }: PreflightRoute): boolean {
  return except.length <= longest;
}

/** Returns a condition for requests from pages of the allowed origins. */
export function originMatch({ allowOrigins }: Cors): StringMatch {
  return allowOrigins.includes('*') ? {} : anyOf(allowOrigins);
}

/**
 * Returns the headers for allowed origins on the proxy's own answers, to which Envoy's CORS filter adds none. The
 * origin is an Envoy command.
 */
export function toldOrigins(responseHeaders: HeaderChanges, cors: Cors): Headers {
  return {
    response: withOrigin(responseHeaders, [
      ...credentials(cors),
      ...listed('access-control-expose-headers', cors.exposeHeaders),
    ]),
  };
}

/** Returns the policy for actual requests from allowed origins that servers answer. */
export function corsPolicy(cors: Cors): CorsPolicy {
  return {
    allowOrigins: cors.allowOrigins.map((origin) => (origin === '*' ? { regex: '.*' } : { exact: origin })),
    ...(cors.allowMethods.length > 0 && { allowMethods: cors.allowMethods }),
    ...(cors.allowHeaders.length > 0 && { allowHeaders: cors.allowHeaders }),
    ...(cors.exposeHeaders.length > 0 && { exposeHeaders: cors.exposeHeaders }),
    ...(cors.maxAge !== undefined && cors.maxAge > 0 && { maxAge: duration(cors.maxAge * 1000) }),
    allowCredentials: cors.allowCredentials,
    unmatchedPreflights: 'FORWARD',
  };
}

function preflightAnswer({ responseHeaders }: Rule, cors: Cors): Headers {
  const maxAge =
    cors.maxAge === undefined ? [] : [{ name: 'access-control-max-age', value: String(cors.maxAge) }];
  return {
    response: withOrigin(responseHeaders, [
      ...credentials(cors),
      ...listed('access-control-allow-methods', cors.allowMethods),
      ...listed('access-control-allow-headers', cors.allowHeaders),
      ...maxAge,
    ]),
  };
}

function withOrigin(responseHeaders: HeaderChanges, said: readonly Header[]): HeaderOperations {
  const own = new Set(['access-control-allow-origin', ...said.map(({ name }) => name)]);
  const kept = responseHeaders.set.filter(({ name }) => !own.has(name));
  const { set: values, ...others } = operations({ ...responseHeaders, set: [...kept, ...said] });
  return {
    ...others,
    set: { 'access-control-allow-origin': '%REQ(ORIGIN)%', ...values },
  };
}

function credentials({ allowCredentials }: Cors): readonly Header[] {
  return allowCredentials ? [{ name: 'access-control-allow-credentials', value: 'true' }] : [];
}

function listed(name: string, values: readonly string[]): readonly Header[] {
  return values.length === 0 ? [] : [{ name, value: values.join(', ') }];
}
