import type { RouteMatch } from '../../../../ir/match.ts';
import type { HttpMatch, StringMatch } from '../../crds/parts.ts';
import { headerMatches } from './header-matches.ts';
import type { HttpContext } from './http-context.ts';
import { joinConditions } from './join-conditions.ts';
import { pathMatches } from './path-matches.ts';
import { queryMatches } from './query-matches.ts';
import { anyOf } from './string-match.ts';

/** What a match asks for beside what the rule says, such as the methods that a part of it is for. */
export interface MoreConditions {
  readonly methods?: readonly string[];
  readonly authority?: StringMatch;
  readonly origin?: StringMatch;
}

/** One match of a rule as Istio's matches, any of which is enough; none when it can't hold here. */
export function routeMatches(
  match: RouteMatch | undefined,
  { methods = match?.methods, authority, origin }: MoreConditions,
  context: HttpContext,
): readonly HttpMatch[] {
  if (match?.port !== undefined && match.port !== context.port) return [];
  if (methods?.length === 0) return [];
  const { queryParams, absent } = queryMatches(match?.query ?? []);
  const common: HttpMatch = {
    ...(context.asksPort && { port: context.port }),
    ...(methods && { method: anyOf(methods) }),
    ...(authority && { authority }),
    ...filled({ queryParams }),
  };
  return context.callers(match?.from).flatMap((caller) =>
    pathMatches(match?.path).flatMap((path) =>
      headerMatches(match?.headers ?? []).map(({ headers, withoutHeaders }) => ({
        ...path,
        ...common,
        ...filled({
          headers: joinConditions(headers, origin === undefined ? {} : { origin }),
          withoutHeaders: { ...withoutHeaders, ...(absent && { ':path': absent }) },
        }),
        ...caller,
      })),
    ),
  );
}

/** Those of the fields that hold anything. */
function filled<T extends Readonly<Record<string, object>>>(fields: T): Partial<T> {
  const holding = Object.entries(fields).filter(([, value]) => Object.keys(value).length > 0);
  return Object.fromEntries(holding) as Partial<T>;
}
