import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import type { ReadRule } from './read-rules.ts';

/**
 * Leaves out the rules of a run that refuse with 400 what the change of a path in a later rule refuses by itself: a rest of the
 * path that begins with a dot segment, behind a replacement that ends with a slash. Where nothing refuses it today, the change is
 * marked.
 */
export function withoutRefusals(run: readonly ReadRule[]): readonly ReadRule[] {
  const refused = new Set<string>();
  const kept = run.filter((one, index) => {
    const texts = refusalsOf(one.rule, run.slice(index + 1));
    for (const text of texts ?? []) refused.add(text);
    return texts === undefined;
  });
  for (const { rule, field } of kept)
    if (slashedMatches(rule).some((match) => !refused.has(keyOf(match))))
      field?.at(rule.redirect === undefined ? 'rewrite' : 'redirect').differently({
        callers: 'a path is refused with 400 if the rest behind its prefix is, or begins with, a dot segment',
        access: 'narrower',
      });
  return kept;
}

/** Returns the matches that a rule refuses for later ones; undefined if it is another rule. */
function refusalsOf(
  { match = [], respond, ...rest }: RouteRule,
  later: readonly ReadRule[],
): readonly string[] | undefined {
  if (match.length === 0 || !isSameJson(respond as Json | undefined, { status: 400 })) return undefined;
  const known = later.flatMap(({ rule }) => (hasSameHeaders(rest, rule) ? slashedMatches(rule) : []));
  const found = match.map((one) => known.find((other) => isSameMatch(refusalOf(other), one)));
  return found.includes(undefined)
    ? undefined
    : found.flatMap((one) => (one === undefined ? [] : keyOf(one)));
}

function hasSameHeaders(one: RouteRule, { headers }: RouteRule): boolean {
  return isSameJson((one.headers?.response ?? null) as Json, (headers?.response ?? null) as Json);
}

/** Returns the matches by characters of a rule that replaces them by a text that ends with a slash. */
function slashedMatches({ match = [], redirect, rewrite }: RouteRule): readonly RouteMatch[] {
  const there = typeof redirect?.path === 'object' ? redirect.path : rewrite?.path;
  if (there?.replacePrefix?.endsWith('/') !== true) return [];
  return match.filter(({ path }) => path?.startsWith !== undefined);
}

function refusalOf({ path, ...rest }: RouteMatch): RouteMatch {
  return { ...rest, path: { regex: `${quoteRegex(path?.startsWith ?? '')}\\.{1,2}(?:[;/].*)?` } };
}

function isSameMatch(one: RouteMatch, other: RouteMatch): boolean {
  return isSameJson(one as unknown as Json, other as unknown as Json);
}

function keyOf(match: RouteMatch): string {
  return JSON.stringify(match);
}
