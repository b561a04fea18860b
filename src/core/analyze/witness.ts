import type { HeaderMatch, RouteMatch } from '../ir/match.ts';
import type { Header, Route } from '../ir/route.ts';
import type { Port } from '../ir/service.ts';
import { type Arrival, arrive } from '../semantics/arrival.ts';
import { routeMatches } from '../semantics/match.ts';

/** A request that no rule of a Route matches. */
export interface Witness {
  readonly method: string;
  readonly path: string;
  readonly identity: string;
  /** Headers and query parameters that the request has to carry so that no rule matches. */
  readonly headers: readonly Header[];
  readonly query: readonly Header[];
}

/** The most paths and callers that are tried. */
const limit = 60;

/**
 * Looks for a request of one of `callers` (SPIFFE IDs) that no rule matches. It tries paths and methods that differ
 * from those of the rules, with and without the headers that rules name. Returns undefined if a rule matches each tried
 * request.
 */
export function unmatchedRequest(route: Route, port: Port, callers: readonly string[]): Witness | undefined {
  const matches = route.rules.flatMap((rule) => (rule.matches.length > 0 ? rule.matches : [everything]));
  if (matches.includes(everything)) return undefined;
  for (const witness of candidates(matches, port, callers)) {
    const arrival = arrivalOf(port, witness);
    if (!matches.some((match) => routeMatches(match, arrival))) return witness;
  }
  return undefined;
}

function* candidates(
  matches: readonly RouteMatch[],
  { http }: Port,
  callers: readonly string[],
): Iterable<Witness> {
  const paths = http ? pathsBeside(matches) : [''];
  const methods = http ? methodsBeside(matches) : [''];
  for (const identity of callersBeside(matches, callers)) {
    for (const carried of carriedBeside(matches))
      for (const path of paths) yield* methods.map((method) => ({ method, path, identity, ...carried }));
  }
}

const everything: RouteMatch = { origin: { file: '', line: 0, column: 0 }, headers: [], query: [] };

/**
 * Returns sets of headers for the request: where rules require a header to be absent, a request with this header may
 * match no rule.
 */
function carriedBeside(matches: readonly RouteMatch[]): readonly Pick<Witness, 'headers' | 'query'>[] {
  const headers = distinct(matches.flatMap((match) => match.headers.map(against)));
  const query = distinct(
    matches.flatMap((match) => match.query.map(({ name }) => ({ name, value: 'other' }))),
  );
  const none = { headers: [], query: [] };
  return [
    none,
    ...(headers.length > 0 ? [{ headers, query: [] }] : []),
    ...(query.length > 0 ? [{ headers: [], query }] : []),
    ...(headers.length > 0 && query.length > 0 ? [{ headers, query }] : []),
  ];
}

/** Returns a header against a match: with the value that a negated match excludes, otherwise with the value `other`. */
function against({ name, match, negated }: HeaderMatch): Header {
  const excluded = negated && match.type !== 'present' && match.type !== 'regex';
  return { name, value: excluded ? match.value : 'other' };
}

function distinct(headers: readonly Header[]): readonly Header[] {
  return [...new Map(headers.map((header) => [header.name, header])).values()];
}

function arrivalOf({ name, number, http }: Port, witness: Witness): Arrival {
  const { method, path, identity } = witness;
  const { headers } = witness;
  const query = witness.query.map(({ name: parameter, value }) => `${parameter}=${value}`).join('&');
  const from = { type: 'spiffe', id: identity } as const;
  const request = {
    from,
    to: { type: 'service', id: '' },
    method,
    path,
    headers,
    ...(query !== '' && { query }),
  } as const;
  return arrive(request, { port: { name, number, http }, scheme: 'http', path, host: '', identity });
}

function callersBeside(matches: readonly RouteMatch[], callers: readonly string[]): readonly string[] {
  const asked = matches.some(({ from }) => from !== undefined);
  return callers.slice(0, asked ? limit : 1);
}

function pathsBeside(matches: readonly RouteMatch[]): readonly string[] {
  const named = matches.flatMap(({ path }) =>
    path === undefined || path.type === 'regex' ? [] : [path.value],
  );
  const beside = named.slice(0, limit / 2).flatMap((path) => [path === '' ? '/' : path, `${path}/other`]);
  return [...new Set(['/', '/other', ...beside])];
}

function methodsBeside(matches: readonly RouteMatch[]): readonly string[] {
  const named = new Set(matches.flatMap(({ methods }) => methods ?? []));
  const usual = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
  const beside = usual.find((method) => !named.has(method));
  return ['GET', ...(beside === undefined || beside === 'GET' ? [] : [beside])];
}
