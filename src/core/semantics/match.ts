import type { HeaderMatch, RouteMatch } from '../ir/match.ts';
import { pathMatches, stringMatches } from '../ir/string-match.ts';
import { type Arrival, headerValues } from './arrival.ts';
import { cookieFits, cookiesNamed } from './cookies.ts';
import { hostnameTakes } from './host-name.ts';
import { takesPrincipal } from './principal.ts';
import { queryValue } from './query-value.ts';

/** Returns true if all conditions of a match hold; an absent condition holds. */
export function routeMatches(match: RouteMatch, arrival: Arrival): boolean {
  return (
    (match.port === undefined || match.port === arrival.port.number) &&
    (match.from === undefined || match.from.some((from) => takesPrincipal(from, arrival.identity))) &&
    (arrival.port.http ? requestMatches(match, arrival) : sniMatches(match, arrival.sni))
  );
}

/** Compares repeated headers and cookies one by one: one that fits is enough; under `not` none may fit. */
export function headerMatches(match: HeaderMatch, arrival: Arrival): boolean {
  const lines = headerValues(arrival, match.name);
  const { cookie } = match;
  const values = cookie === undefined ? lines : lines.flatMap((line) => cookiesNamed(line, cookie));
  const fits = cookie === undefined ? stringMatches : cookieFits;
  const holds =
    values.length === 0
      ? stringMatches(match.match, undefined)
      : values.some((value) => fits(match.match, value));
  return holds !== match.negated;
}

function requestMatches(match: RouteMatch, arrival: Arrival): boolean {
  return (
    (match.path === undefined || pathMatches(match.path, arrival.path)) &&
    (match.methods === undefined || match.methods.includes(arrival.method)) &&
    match.headers.every((header) => headerMatches(header, arrival)) &&
    match.query.every(({ name, match: value }) => stringMatches(value, queryValue(arrival.query, name)))
  );
}

function sniMatches(match: RouteMatch, sni: string | undefined): boolean {
  return match.sni === undefined || (sni !== undefined && match.sni.some((name) => hostnameTakes(name, sni)));
}
