import { standardMethods } from '../../lib/standard-methods.ts';
import { everyRequest, type HttpMatch, matchName, type SmiMethod } from './http-match.ts';
import type { Grants } from './port-grants.ts';

/** Grants of a port, and the reason why some calls are refused by chance; absent if none are. */
export interface Apart {
  readonly grants: Grants;
  readonly reason?: string;
}

/**
 * Returns grants whose matches have no request in common if other accounts may call them: a mesh takes one of the
 * matches that fit a request, in no certain order, and lets in those who may call that one. Methods are divided;
 * paths can't be, so that such matches stay with a reason.
 */
export function apart(grants: Grants): Apart {
  if (!isMixed(grants)) return { grants };
  const divided = byMethods(grants);
  if (isMixed(divided))
    return {
      grants: divided,
      reason: 'a mesh of SMI takes any match that fits a request, and some requests fit several',
    };
  return {
    grants: divided,
    reason: 'a mesh of SMI takes any match that fits a request, so that matches name the methods of HTTP',
  };
}

/** Returns true if some request fits two matches, and an account may call only one of them. */
function isMixed(grants: Grants): boolean {
  const all = [...matchesOf(grants).entries()];
  return all.some(([name, one], index) =>
    all
      .slice(index + 1)
      .some(
        ([other, match]) =>
          !areApart(one, match) && [...grants.values()].some((own) => own.has(name) !== own.has(other)),
      ),
  );
}

function matchesOf(grants: Grants): ReadonlyMap<string, HttpMatch> {
  return new Map([...grants.values()].flatMap((own) => [...own]));
}

/** Returns grants in which two matches have all methods in common, or none. */
function byMethods(grants: Grants): Grants {
  const lists = [...matchesOf(grants).values()].map(({ methods }) => methods);
  const named = new Set(lists.flat());
  const classes = Map.groupBy([...standardMethods].sort() as readonly SmiMethod[], (method) =>
    named.has(method) ? lists.map((own) => own.includes('*') || own.includes(method)).join() : 'others',
  );
  const dividedOf = (match: HttpMatch): readonly HttpMatch[] =>
    [...classes.values()]
      .filter(
        ([first]) => first !== undefined && (match.methods.includes('*') || match.methods.includes(first)),
      )
      .map((methods) => ({ ...match, methods }));
  return new Map(
    [...grants].map(([id, own]) => [
      id,
      new Map([...own.values()].flatMap(dividedOf).map((match) => [matchName(match), match] as const)),
    ]),
  );
}

/** Returns true if certainly no request fits both matches: they have other methods, or other paths without a choice. */
function areApart(one: HttpMatch, other: HttpMatch): boolean {
  const everyMethod = one.methods.includes('*') || other.methods.includes('*');
  if (!everyMethod && !one.methods.some((method) => other.methods.includes(method))) return true;
  const [first, second] = [literalOf(one), literalOf(other)];
  return first !== undefined && second !== undefined && first !== second;
}

/** Returns the text of a pattern that takes one path; undefined for others. */
function literalOf({ pathRegex }: HttpMatch): string | undefined {
  if (pathRegex === everyRequest.pathRegex) return undefined;
  const [, text] = /^\^((?:[^\\.+*?()|[\]{}^$]|\\[^\w])*)\$$/.exec(pathRegex) ?? [];
  return text;
}
