import type { Cors, Header, HeaderChanges, Route, Rule } from '../ir/route.ts';
import { decision } from './answer.ts';
import { type Arrival, headerValues } from './arrival.ts';
import { alsoSet } from './header-changes.ts';
import type { Responded } from './outcome.ts';
import { pathMatches } from './string-match.ts';

/**
 * The answer to a preflight (Fetch standard, CORS-preflight request) from an allowed origin: 200 from the first rule with
 * `cors` whose path and methods take what it asks for. `undefined`: an ordinary request.
 */
export function preflight(route: Route, arrival: Arrival): Responded | undefined {
  const [method] = headerValues(arrival, 'access-control-request-method');
  const origin = originOf(arrival);
  if (arrival.method !== 'OPTIONS' || method === undefined || origin === undefined) return undefined;
  for (const rule of route.rules) {
    if (rule.cors === undefined || !allows(rule.cors, origin) || !takes(rule, arrival.path, method)) continue;
    return {
      outcome: 'responded',
      status: 200,
      reason: 'preflight from an allowed origin',
      responseHeaders: alsoSet(rule.responseHeaders, preflightHeaders(rule.cors, origin)),
      decidedBy: [decision(rule.cors.origin, 'cors answers the preflight')],
    };
  }
  return undefined;
}

/** The response headers of a rule: its own, and what CORS says to an allowed origin. */
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

function takes(rule: Rule, path: string, method: string): boolean {
  return (
    rule.matches.length === 0 ||
    rule.matches.some(
      (match) =>
        (match.path === undefined || pathMatches(match.path, path)) &&
        (match.methods === undefined || match.methods.includes(method)),
    )
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
  return [
    { name: 'access-control-allow-origin', value: origin },
    ...(cors.allowCredentials ? [credentials] : []),
  ];
}

function listed(name: string, values: readonly string[]): readonly Header[] {
  return values.length === 0 ? [] : [{ name, value: values.join(', ') }];
}
