import type { Field } from '../../../../import/field.ts';
import type { HeaderMatch, Principal, RouteMatch, StringMatch } from '../../../../spec/types.gen.ts';
import type { Reading } from './reading.ts';
import type { RouteHeader } from './routes.ts';
import type { ReadRoute } from './rules.ts';

/** Conditions on a header: the inverted one holds only for requests that have the header, the opposite for others, too. */
interface Condition {
  readonly match?: StringMatch;
  readonly inverted?: StringMatch;
  readonly opposite?: StringMatch;
}

interface Half {
  readonly match: Omit<RouteMatch, 'headers'>;
  readonly headers: ReadonlyMap<string, Condition>;
}

/**
 * Returns the matches of a rule. The opposite of a condition on a header is two native matches: one for requests without the
 * header, and one for those whose header doesn't fit.
 */
export function joinMatches(
  reading: Reading,
  routes: readonly ReadRoute[],
  callers: (field: Field) => readonly Principal[],
): readonly RouteMatch[] {
  let halves: readonly Half[] = routes.flatMap(({ match, field }): readonly Half[] => {
    const from = match.callers.map(callers);
    if (from.length > 1) reading.report(field, 'one condition on the caller');
    if (match.authority.length > 0 || match.exceptPath !== undefined || match.isPlain)
      reading.report(field, 'no condition on the host');
    const headers = conditionsOf(reading, match.headers, field);
    if (headers === undefined) return [];
    const others = {
      ...(match.path && { path: match.path }),
      ...(match.methods && { methods: match.methods }),
      ...(match.cookies && { cookies: match.cookies }),
      ...(match.query && { query: match.query }),
      ...(from[0] && { from: from[0] }),
    };
    return [{ match: others, headers }];
  });
  for (let joined = joinOne(halves); joined !== undefined; joined = joinOne(halves)) halves = joined;
  return halves.map(({ match, headers }): RouteMatch => {
    const named = [...headers].map(([name, one]): readonly [string, HeaderMatch] => [name, matchOf(one)]);
    return { ...match, ...(named.length > 0 && { headers: Object.fromEntries(named) }) };
  });
}

function matchOf({ match, inverted, opposite }: Condition): HeaderMatch {
  if (opposite !== undefined) return { not: opposite };
  if (inverted === undefined) return match ?? {};
  return { ...(match ?? { present: true }), not: inverted };
}

/** Returns the conditions by header; undefined if no request fits them all. */
function conditionsOf(
  reading: Reading,
  headers: readonly RouteHeader[],
  field: Field,
): ReadonlyMap<string, Condition> | undefined {
  const found = new Map<string, Condition>();
  let isPossible = true;
  for (const { name, match, isInverted } of headers) {
    const own = found.get(name);
    const next: Condition = isInverted ? { inverted: match } : { match };
    if (own === undefined) found.set(name, next);
    else if (own.match !== undefined && own.match.present !== false && match.present === false && !isInverted)
      isPossible = false;
    else if (own.match !== undefined && own.inverted === undefined && isInverted)
      found.set(name, { ...own, ...next });
    else reading.report(field, 'one condition on each header');
  }
  return isPossible ? found : undefined;
}

/** Joins the first two halves of one opposite; undefined if there are none. */
function joinOne(halves: readonly Half[]): readonly Half[] | undefined {
  for (const [position, half] of halves.entries())
    for (const [name, { match, inverted }] of half.headers) {
      if (inverted === undefined || match !== undefined) continue;
      const absent = keyOf(withHeader(half, name, { match: { present: false } }));
      const other = halves.findIndex((one) => keyOf(one) === absent);
      if (other < 0) continue;
      const both = withHeader(half, name, { opposite: inverted });
      const [first, second] = [Math.min(position, other), Math.max(position, other)];
      return halves.flatMap((one, index) => (index === first ? [both] : index === second ? [] : [one]));
    }
  return undefined;
}

function withHeader(half: Half, name: string, condition: Condition): Half {
  const headers = [...half.headers].map((one): readonly [string, Condition] =>
    one[0] === name ? [name, condition] : one,
  );
  return { ...half, headers: new Map(headers) };
}

function keyOf({ match, headers }: Half): string {
  return JSON.stringify([match, [...headers]]);
}
