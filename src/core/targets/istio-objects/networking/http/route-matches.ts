import type { PathMatch, RouteMatch } from '../../../../ir/match.ts';
import type { HttpMatch, StringMatch, StringMatches } from '../../crds/parts.ts';
import { callerHeader } from '../callers.ts';
import { headerMatches } from './header-matches.ts';
import type { HttpContext } from './http-context.ts';
import { joinConditions } from './join-conditions.ts';
import { pathMatches } from './path-matches.ts';
import { queryMatches } from './query-matches.ts';
import { anyOf } from './string-match.ts';

/** Conditions in addition to those of the rule, such as the methods of a part. */
export interface MoreConditions {
  readonly methods?: readonly string[];
  /** The path condition that replaces that of the match. */
  readonly path?: PathMatch;
  readonly authority?: StringMatch;
  readonly origin?: StringMatch;
  /** True to match only preflights, by the header that makes a request one. */
  readonly isPreflight?: true;
}

/** Returns one match of a rule as Istio's matches, of which one must fit; none if the match is impossible here. */
export function routeMatches(
  match: RouteMatch | undefined,
  { methods = match?.methods, path: asked = match?.path, authority, ...other }: MoreConditions,
  context: HttpContext,
): readonly HttpMatch[] {
  if (match?.port !== undefined && match.port !== context.port) return [];
  if (methods?.length === 0) return [];
  const { queryParams, absent } = queryMatches(match?.query ?? []);
  const common = { ...commonConditions(context, methods, authority), ...filled({ queryParams }) };
  const more = ofPreflights(other);
  return context.callers(match?.from).flatMap(({ identity, ...caller }) =>
    pathMatches(asked).flatMap((path) =>
      headerMatches(match?.headers ?? []).map(({ headers, withoutHeaders }) => ({
        ...path,
        ...common,
        ...filled({
          headers: joinConditions(headers, { ...more, ...(identity && { [callerHeader]: identity }) }),
          withoutHeaders: { ...withoutHeaders, ...(absent && { ':path': absent }) },
        }),
        ...caller,
      })),
    ),
  );
}

function commonConditions(
  { asksPort, port }: HttpContext,
  methods: readonly string[] | undefined,
  authority: StringMatch | undefined,
): HttpMatch {
  return {
    ...(asksPort && { port }),
    ...(methods && { method: anyOf(methods) }),
    ...(authority && { authority }),
  };
}

function ofPreflights({ origin, isPreflight }: MoreConditions): StringMatches {
  return {
    ...(origin && { origin }),
    ...(isPreflight && { 'access-control-request-method': {} }),
  };
}

/** Returns the fields that aren't empty. */
function filled<T extends Readonly<Record<string, object>>>(fields: T): Partial<T> {
  const holding = Object.entries(fields).filter(([, value]) => Object.keys(value).length > 0);
  return Object.fromEntries(holding) as Partial<T>;
}
