import type { PathMatch, RouteMatch } from '../../../ir/match.ts';
import { pathMatches } from '../../../ir/string-match.ts';
import { stringCondition } from '../../envoy-filters/string-matcher.ts';
import type { Fields } from '../typed-config.ts';
import { headerConditions } from './header-conditions.ts';
import { methodCondition } from './method-condition.ts';
import type { RouteContext } from './route-context.ts';

/** Returns one match of a rule as Envoy matches, of which one must fit; none if the match is impossible here. */
export function routeMatches(
  match: RouteMatch | undefined,
  methods: readonly string[] | undefined,
  context: RouteContext,
): readonly Fields[] {
  if (match?.port !== undefined && match.port !== context.port) return [];
  const caller = match?.from === undefined ? 'always' : context.caller(match.from);
  const path = pathCondition(match?.path);
  if (caller === 'never' || path === undefined || methods?.length === 0) return [];
  const identity = caller === 'always' ? {} : caller;
  return headerConditions(match?.headers ?? []).map((headers) =>
    conditions(path, [context.guard ?? {}, identity], [...methodCondition(methods), ...headers], match),
  );
}

/** Returns a condition on the path; `undefined` if no request has such a path. */
export function pathCondition(path: PathMatch | undefined): Fields | undefined {
  if (path === undefined) return { prefix: '/' };
  switch (path.type) {
    case 'exact':
      // Envoy merges slashes, but keeps two in a path that consists only of slashes.
      return path.value === '/' ? { safe_regex: { regex: '//?' } } : { path: path.value };
    case 'regex':
      return { safe_regex: { regex: pathMatches(path, '/') ? `(?:${path.value})|//` : path.value } };
    case 'startsWith':
      return { prefix: path.value };
    case 'prefix':
      if (path.value === '') return { prefix: '/' };
      // Envoy refuses the whole table for a prefix with `?` or `#`, which no path contains.
      return /[?#]/.test(path.value) ? undefined : { path_separated_prefix: path.value };
  }
}

function conditions(
  path: Fields,
  others: readonly Fields[],
  headers: readonly Fields[],
  match: RouteMatch | undefined,
): Fields {
  const query = (match?.query ?? []).map(({ name, match: value }) => ({ name, ...stringCondition(value) }));
  const allHeaders = [...headers, ...others.flatMap((other) => list(other, 'headers'))];
  const states = others.flatMap((other) => list(other, 'filter_state'));
  return {
    ...path,
    ...(allHeaders.length > 0 && { headers: allHeaders }),
    ...(query.length > 0 && { query_parameters: query }),
    ...(states.length > 0 && { filter_state: states }),
  };
}

function list(fields: Fields, key: string): readonly Fields[] {
  return (fields[key] ?? []) as readonly Fields[];
}
