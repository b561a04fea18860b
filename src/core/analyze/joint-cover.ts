import type { PathMatch, RouteMatch } from '../ir/match.ts';
import { pathMatches } from '../ir/string-match.ts';
import { all, any, not } from '../reach/condition.ts';
import { asSent } from '../reach/language/path-test.ts';
import { matchCondition } from '../reach/meaning/conditions.ts';
import type { SymbolicArrival } from '../reach/meaning/symbolic-arrival.ts';
import { satisfiable } from '../reach/satisfiable.ts';
import { noChanges } from '../semantics/answer.ts';
import { covers } from './match-cover.ts';

/** The most earlier matches that are looked at, and the most that are compared together. */
const most = { seen: 200, compared: 40 } as const;

/**
 * Returns the first of those earlier matches that together certainly take every request that `narrow` takes, also by
 * regular expressions. Returns undefined if they don't, or if the comparison can't know.
 */
export function coverTogether(earlier: Iterable<RouteMatch>, narrow: RouteMatch): RouteMatch | undefined {
  const names = named(narrow);
  if (narrow.sni !== undefined || names.has('host')) return undefined;
  const helping: RouteMatch[] = [];
  let seen = 0;
  for (const wide of earlier) {
    seen += 1;
    if (seen > most.seen) return undefined;
    if (helps(wide, narrow, names)) helping.push(wide);
  }
  if (helping.length > most.compared || !takesSample(helping, narrow.path)) return undefined;
  // The condition on callers and ports is compared pair by pair.
  const own = matchCondition(ofRequest(narrow), arrival);
  const taken = any(helping.map((wide) => matchCondition(ofRequest(wide), arrival)));
  const answers = satisfiable([own, all([own, not(taken)])]);
  return answers?.[0] === true && answers[1] === false ? helping[0] : undefined;
}

/** Returns true if a match takes a part of all callers, methods, headers and parameters that `narrow` leaves open. */
function helps(wide: RouteMatch, narrow: RouteMatch, names: ReadonlySet<string>): boolean {
  if (wide.methods !== undefined && narrow.methods === undefined) return false;
  return [...named(wide)].every((name) => names.has(name)) && covers(callersOf(wide), callersOf(narrow));
}

/** Returns the names of headers, cookies and query parameters that a match reads. */
function named({ headers, query }: RouteMatch): ReadonlySet<string> {
  return new Set([
    ...headers.map(({ name, cookie }) => (cookie === undefined ? name : `cookie ${cookie}`)),
    ...query.map(({ name }) => `query ${name}`),
  ]);
}

function callersOf({ origin, from, port, sni }: RouteMatch): RouteMatch {
  return {
    ...{ origin, headers: [], query: [] },
    ...(from && { from }),
    ...(port !== undefined && { port }),
    ...(sni && { sni }),
  };
}

function ofRequest({ from: _, port: __, ...rest }: RouteMatch): RouteMatch {
  return rest;
}

/** Returns false if none of the matches takes one path that `path` takes: a quick answer for most rules. */
function takesSample(matches: readonly RouteMatch[], path: PathMatch | undefined): boolean {
  if (path?.type === 'regex') return true;
  const base = path?.value ?? '';
  const sample = path?.type === 'exact' ? base : `${base}${path?.type === 'startsWith' ? '' : '/'}other-path`;
  return matches.some((match) => {
    try {
      return match.path === undefined || pathMatches(match.path, sample);
    } catch {
      return false;
    }
  });
}

const arrival: SymbolicArrival = {
  port: { name: 'http', number: 80, http: true },
  scheme: 'http',
  host: '',
  sni: undefined,
  identity: undefined,
  hasAddress: false,
  path: asSent,
  changes: noChanges,
  reserved: [],
  hasToken: true,
};
