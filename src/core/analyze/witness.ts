import type { RouteMatch } from '../ir/match.ts';
import type { Route } from '../ir/route.ts';
import type { Port } from '../ir/service.ts';
import { type Arrival, arrive } from '../semantics/arrival.ts';
import { routeMatches } from '../semantics/match.ts';

/** A request that no rule of a Route matches. */
export interface Witness {
  readonly method: string;
  readonly path: string;
  readonly identity: string;
}

/** The most paths and callers that are tried. */
const limit = 60;

/**
 * Looks for a request of one of `callers` (SPIFFE IDs) that no rule matches: at paths beside those of the rules, by
 * methods beside theirs, without any header. Nothing when none of these is a witness.
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
    for (const path of paths) yield* methods.map((method) => ({ method, path, identity }));
  }
}

const everything: RouteMatch = { origin: { file: '', line: 0, column: 0 }, headers: [], query: [] };

function arrivalOf({ name, number, http }: Port, { method, path, identity }: Witness): Arrival {
  const from = { type: 'spiffe', id: identity } as const;
  const request = { from, to: { type: 'service', id: '' }, method, path, headers: [] } as const;
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
