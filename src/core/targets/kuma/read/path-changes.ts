import type { Field } from '../../../import/field.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import type { RankedMatch } from './matches.ts';
import type { RankedRule } from './rules.ts';

/** The change of a path that a filter asks for. */
export interface ReadPathChange {
  readonly type: 'replaceFull' | 'replacePrefix';
  readonly value: string;
  readonly field: Field;
}

/** A match with the change of the paths that it takes; absent if they stay. */
export interface PathPart extends RankedMatch {
  readonly isEdge?: true;
  readonly change?: { readonly replaceFull?: string; readonly replacePrefix?: string };
}

/**
 * Returns matches with the change of their paths. Kuma exchanges a prefix together with the slash behind it (`/v1/` of the prefix
 * `/v1`), and the path that is the prefix itself as a whole; what is no prefix stays as it is.
 */
export function changedParts(
  matches: readonly RankedMatch[],
  { type, value, field }: ReadPathChange,
): readonly PathPart[] {
  if (type === 'replaceFull') {
    const change = { replaceFull: value };
    return matches.map((one) => ({ ...one, change }));
  }
  if (matches.every(({ match: { path } }) => path !== undefined && path.prefix === undefined))
    field.withoutEffect('Kuma exchanges the prefix of a match alone, and no match has one');
  return matches.flatMap((one) => prefixParts(one, value));
}

function prefixParts({ rank, match }: RankedMatch, value: string): readonly PathPart[] {
  const { path = { prefix: '/' } } = match;
  if (path.prefix === undefined) return [{ rank, match }];
  const prefix = path.prefix.replace(/\/$/, '');
  // A replacement that ends in a slash leaves one before the rest, as in the language.
  const below: PathPart = value.endsWith('/')
    ? {
        rank,
        match: { ...match, path: { prefix: prefix === '' ? '/' : prefix } },
        change: { replacePrefix: value === '/' ? value : value.slice(0, -1) },
      }
    : {
        rank,
        match: { ...match, path: { startsWith: `${prefix}/` } },
        change: { replacePrefix: value },
      };
  const isSame = prefix === '' || value === '/';
  const edge: PathPart = {
    rank,
    match: { ...match, path: { exact: prefix } },
    change: { replaceFull: value },
    isEdge: true,
  };
  return isSame ? [below] : [edge, below];
}

/** Returns rules without those for the path that is the prefix of a match where another match takes that path anyway. */
export function withoutTakenEdges(rules: readonly RankedRule[]): readonly RankedRule[] {
  const others = rules.filter(({ isEdge }) => isEdge === undefined);
  return rules.filter((one) => one.isEdge === undefined || !others.some((other) => takes(other, one)));
}

/** Returns rules in order without those for a path alone that do the same as the rule behind them, for the prefix. */
export function withoutRepeatedEdges(rules: readonly RankedRule[]): readonly RankedRule[] {
  return rules.filter((one, index) => !isWithinNext(one, rules[index + 1]));
}

/** Returns true for a match of the same path, which goes before every prefix, that takes all requests of another one. */
function takes({ match: { path, ...others } }: RankedRule, { match }: RankedRule): boolean {
  return (
    path?.exact !== undefined &&
    path.exact === match.path?.exact &&
    Object.entries(others).every(([name, condition]) =>
      isSameJson(condition as Json, (match as Readonly<Record<string, Json>>)[name]),
    )
  );
}

/** Returns true if the next rule exchanges a prefix and makes the same of the path that is the prefix. */
function isWithinNext({ match, rule }: RankedRule, next: RankedRule | undefined): boolean {
  const exact = match.path?.exact;
  if (exact === undefined || next?.match.path?.prefix !== exact) return false;
  return (
    isSameJson(withoutPath(match) as Json, withoutPath(next.match) as Json) &&
    isSameJson(withEdge(rule) as Json, withEdge(next.rule) as Json)
  );
}

function withoutPath({ path: _, ...match }: RouteMatch): unknown {
  return match;
}

/** Returns a rule with the whole path that it makes of the path that is its prefix. */
function withEdge(rule: RouteRule): RouteRule {
  const { rewrite, redirect } = rule;
  const path = redirect?.path;
  const prefix = typeof path === 'object' ? path.replacePrefix : rewrite?.path?.replacePrefix;
  if (prefix === undefined) return rule;
  if (redirect !== undefined) return { ...rule, redirect: { ...redirect, path: prefix } };
  return { ...rule, rewrite: { ...rewrite, path: { replaceFull: prefix } } };
}
