import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { PathMatch, RouteMatch } from '../../../spec/types.gen.ts';
import { areDisjoint } from './disjoint-matches.ts';
import { compareRanks } from './route-matches.ts';
import type { RankedRule } from './route-rules.ts';

/** The most matches whose written order is tried. */
const most = 400;

/**
 * Returns matches in the order in which they are written, without those that another match of their rule contains; undefined if the
 * first rule with a match that fits is not certainly the one that precedence chooses. It is if, for each match of a later
 * rule that goes before one of an earlier rule, the requests of both fit a third match, of the earlier rule or one before it, that
 * goes before both.
 */
export function inWrittenOrder(rules: readonly RankedRule[]): readonly RankedRule[] | undefined {
  if (rules.length > most) return undefined;
  const groups = grouped(rules);
  if (groups.some(dependsOnMatch)) return undefined;
  const isRight = groups.every((group, index) =>
    group.every((one) =>
      groups
        .slice(index + 1)
        .every((later) => later.every((other) => isKept(one, other, groups.slice(0, index + 1)))),
    ),
  );
  return isRight ? groups.flatMap(withoutContained) : undefined;
}

function isKept(one: RankedRule, other: RankedRule, earlier: readonly (readonly RankedRule[])[]): boolean {
  if (compareRanks(one.rank, other.rank) <= 0 || areDisjoint(one.match, other.match)) return true;
  return earlier.some((group) =>
    group.some(
      (third) =>
        compareRanks(third.rank, other.rank) <= 0 && isImplied(third.match, [one.match, other.match]),
    ),
  );
}

function grouped(rules: readonly RankedRule[]): readonly (readonly RankedRule[])[] {
  const groups: RankedRule[][] = [];
  for (const one of rules) {
    const group = groups.at(-1);
    if (group?.[0]?.rule === one.rule) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** Returns true for a rule that exchanges the prefix of the match that fits, and has several. */
function dependsOnMatch(group: readonly RankedRule[]): boolean {
  const [first, ...others] = group;
  const { rewrite, redirect } = first?.rule ?? {};
  const replaces = [rewrite?.path, redirect?.path].some(
    (path) => typeof path === 'object' && path.replacePrefix !== undefined,
  );
  return replaces && others.some(({ match }) => !isSame(match.path, first?.match.path));
}

function withoutContained(group: readonly RankedRule[]): readonly RankedRule[] {
  return group.filter(
    ({ match }, index) =>
      !group.some(
        (other, at) =>
          at !== index &&
          isImplied(other.match, [match]) &&
          // Of two that contain each other the first stays.
          (at < index || !isImplied(match, [other.match])),
      ),
  );
}

/** Returns true if each request that fits all given matches certainly fits another one. */
function isImplied(match: RouteMatch, given: readonly RouteMatch[]): boolean {
  return Object.entries(match).every(([key, condition]: [string, unknown]) => {
    if (condition === undefined) return true;
    const values = given
      .map((one) => (one as Readonly<Record<string, unknown>>)[key])
      .filter((one) => one !== undefined);
    if (key === 'path') return values.some((one) => isWithin(one as PathMatch, condition as PathMatch));
    if (key === 'methods')
      return values.some((one) =>
        (one as readonly string[]).every((name) => (condition as readonly string[]).includes(name)),
      );
    if (key === 'headers' || key === 'query' || key === 'cookies' || key === 'grpc')
      return Object.entries(condition as object).every(([name, value]) =>
        values.some((one) => isSame((one as Readonly<Record<string, unknown>>)[name], value)),
      );
    return values.some((one) => isSame(one, condition));
  });
}

function isWithin(path: PathMatch, other: PathMatch): boolean {
  if (isSame(path, other)) return true;
  const text = path.exact ?? path.prefix;
  const plain = other.prefix?.replace(/\/+$/, '');
  return text !== undefined && plain !== undefined && (text === plain || text.startsWith(`${plain}/`));
}

function isSame(one: unknown, other: unknown): boolean {
  return isSameJson((one ?? null) as Json, (other ?? null) as Json);
}
