import { matchOverlap } from '../../ir/link/match-overlap.ts';
import type { PathMatch, RouteMatch } from '../../ir/match.ts';
import type { Cors, Rule } from '../../ir/route.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';
import { decidingMatches } from '../../semantics/cors.ts';

/** Preflights from an allowed origin that a rule answers. */
export interface PreflightRoute {
  readonly path: PathMatch | undefined;
  /** The requested methods; if absent, all except those of `otherThan`. */
  readonly methods?: readonly string[];
  readonly otherThan: readonly string[];
  /** A pattern of the header `:path` (with the query) for preflights that an earlier rule decides. */
  readonly except?: string;
}

/**
 * Returns the preflights that a rule with `cors` answers. Their routes precede all other routes, so preflights that an
 * earlier rule decides are left out, unless that rule answers all of this rule's origins itself. A pattern of the spec
 * in an earlier rule may match beyond the `?`: a preflight with such a query is then an ordinary request.
 */
export function preflightRoutes(rules: readonly Rule[], rule: Rule): readonly PreflightRoute[] {
  const { cors, matches } = rule;
  if (cors === undefined) return [];
  const earlier = rules
    .slice(0, rules.indexOf(rule))
    .filter((one) => one.cors === undefined || !allowsAll(one.cors, cors))
    .flatMap(decidingMatches);
  const asked: readonly (RouteMatch | undefined)[] = matches.length === 0 ? [undefined] : matches;
  return asked.flatMap((match) => routesOf(match, earlier));
}

/** Returns true if preflights from a rule's allowed origins may be ordinary requests and match the rule itself. */
export function meetsPreflights(rules: readonly Rule[], rule: Rule): boolean {
  if (rule.cors === undefined) return false;
  const routes = preflightRoutes(rules, rule);
  return (
    routes.length < Math.max(rule.matches.length, 1) ||
    routes.some(({ methods, otherThan, except }) => (methods ?? except ?? otherThan[0]) !== undefined)
  );
}

function allowsAll(wide: Cors, narrow: Cors): boolean {
  return (
    wide.allowOrigins.includes('*') ||
    narrow.allowOrigins.every((origin) => origin !== '*' && wide.allowOrigins.includes(origin))
  );
}

type Match = RouteMatch | undefined;

function routesOf(match: Match, earlier: readonly Match[]): readonly PreflightRoute[] {
  const deciders = earlier.filter((one) => matchOverlap(plain(one), plain(match)) !== 'none');
  const { path, methods } = match ?? {};
  if (deciders.length === 0) return [{ path, ...(methods && { methods }), otherThan: [] }];
  const named = [...new Set([...(methods ?? []), ...deciders.flatMap((one) => one?.methods ?? [])])];
  const groups = new Map<string, (string | undefined)[]>();
  for (const method of methods ?? [...named, undefined]) {
    const except = exceptFor(method, deciders);
    if (except !== undefined) groups.set(except, [...(groups.get(except) ?? []), method]);
  }
  return [...groups].map(([except, group]) => {
    const rest = group.includes(undefined);
    const some = group.filter((method) => method !== undefined);
    return {
      path,
      ...(!rest && { methods: some }),
      otherThan: rest ? named.filter((method) => !some.includes(method)) : [],
      ...(except !== '' && { except }),
    };
  });
}

/**
 * Returns a pattern of the paths that earlier rules decide for a method (undefined stands for methods that no rule
 * names). Returns undefined if they decide all paths.
 */
function exceptFor(method: string | undefined, deciders: readonly Match[]): string | undefined {
  const paths = deciders
    .filter((one) => one?.methods === undefined || (method !== undefined && one.methods.includes(method)))
    .map((one) => one?.path);
  if (paths.some((path) => path === undefined || (path.type === 'prefix' && path.value === '')))
    return undefined;
  const patterns = [...new Set(paths.flatMap((path) => (path === undefined ? [] : [pathPattern(path)])))];
  return patterns.length === 0 ? '' : `(?:${patterns.join('|')})(?:\\?.*)?`;
}

function pathPattern({ type, value }: PathMatch): string {
  switch (type) {
    case 'exact':
      // The proxy shortens a path that consists only of slashes to two.
      return value === '/' ? '//?' : quoteRegex(value);
    case 'prefix':
      return `${quoteRegex(value)}(?:/[^?]*)?`;
    case 'startsWith':
      return `${quoteRegex(value)}[^?]*`;
    case 'regex':
      return `(?:${value})`;
  }
}

function plain(match: Match): RouteMatch {
  const { path, methods } = match ?? {};
  const origin = { file: '', line: 0, column: 0 };
  return { origin, headers: [], query: [], ...(path && { path }), ...(methods && { methods }) };
}
