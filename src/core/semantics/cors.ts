import type { RouteMatch } from '../ir/match.ts';
import type { Cors, Header, HeaderChanges, Route, Rule } from '../ir/route.ts';
import { pathMatches } from '../ir/string-match.ts';
import { decision } from './answer.ts';
import { type Arrival, headerValues } from './arrival.ts';
import { alsoSet } from './header-changes.ts';
import type { Responded } from './outcome.ts';

/**
 * Returns the answer to a preflight (Fetch standard, CORS-preflight request). Of the rules whose path and methods fit
 * the preflight, the first rule decides that has `cors` or no other condition. Returns undefined if the preflight is
 * treated as an ordinary request.
 */
export function preflight(route: Route, arrival: Arrival): Responded | undefined {
  const [method] = headerValues(arrival, 'access-control-request-method');
  const origin = originOf(arrival);
  if (arrival.method !== 'OPTIONS' || method === undefined || origin === undefined) return undefined;
  const decider = route.rules.find((rule) =>
    decidingMatches(rule).some((match) => takes(match, arrival.path, method)),
  );
  if (decider?.cors === undefined || !allows(decider.cors, origin)) return undefined;
  return answerOf(decider, decider.cors, origin);
}

/**
 * Returns the matches by which a rule decides about preflights: with `cors` all, otherwise those that have only a path
 * and methods. An undefined match fits every request.
 */
export function decidingMatches({ matches, cors }: Rule): readonly (RouteMatch | undefined)[] {
  if (matches.length === 0) return [undefined];
  return cors === undefined ? matches.filter(isPlain) : matches;
}

function isPlain({ headers, query, from }: RouteMatch): boolean {
  return headers.length === 0 && query.length === 0 && from === undefined;
}

function answerOf(rule: Rule, cors: Cors, origin: string): Responded {
  return {
    outcome: 'responded',
    status: 200,
    reason: 'preflight from an allowed origin',
    responseHeaders: alsoSet(rule.responseHeaders, preflightHeaders(cors, origin)),
    decidedBy: [decision(cors.origin, 'cors answers the preflight')],
  };
}

/** Returns the response headers of a rule: its own, and the CORS headers for an allowed origin. */
export function answerHeaders(rule: Rule, arrival: Arrival): HeaderChanges {
  const origin = originOf(arrival);
  if (rule.cors === undefined || origin === undefined || !allows(rule.cors, origin))
    return rule.responseHeaders;
  return alsoSet(rule.responseHeaders, [
    ...originHeaders(rule.cors, origin),
    ...listed('access-control-expose-headers', rule.cors.exposeHeaders),
  ]);
}

function originOf(arrival: Arrival): string | undefined {
  return headerValues(arrival, 'origin')[0];
}

function allows(cors: Cors, origin: string): boolean {
  return cors.allowOrigins.includes(origin) || cors.allowOrigins.includes('*');
}

function takes(match: RouteMatch | undefined, path: string, method: string): boolean {
  return (
    (match?.path === undefined || pathMatches(match.path, path)) &&
    (match?.methods === undefined || match.methods.includes(method))
  );
}

function preflightHeaders(cors: Cors, origin: string): readonly Header[] {
  const maxAge =
    cors.maxAge === undefined ? [] : [{ name: 'access-control-max-age', value: String(cors.maxAge) }];
  return [
    ...originHeaders(cors, origin),
    ...listed('access-control-allow-methods', cors.allowMethods),
    ...listed('access-control-allow-headers', cors.allowHeaders),
    ...maxAge,
  ];
}

function originHeaders(cors: Cors, origin: string): readonly Header[] {
  const credentials = { name: 'access-control-allow-credentials', value: 'true' };
  // An empty value is no header.
  return [
    ...(origin === '' ? [] : [{ name: 'access-control-allow-origin', value: origin }]),
    ...(cors.allowCredentials ? [credentials] : []),
  ];
}

function listed(name: string, values: readonly string[]): readonly Header[] {
  return values.length === 0 ? [] : [{ name, value: values.join(', ') }];
}
