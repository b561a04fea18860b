import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Alternative } from './alternative.ts';
import { intersect } from './intersect.ts';
import { comparePrecedence, type MayPrecede, precedes } from './precedence.ts';

/** The most alternatives of a rule, added ones included. */
const most = 128;

/** A rule's alternatives; `isKept` is false if a later rule may take a request that this rule matches. */
export interface Arranged {
  readonly alternatives: readonly Alternative[];
  readonly isKept: boolean;
}

/**
 * Returns the alternatives of rules such that the first rule that matches a request also has the most specific
 * alternative, which the Gateway API picks. Where a later rule's alternative is more specific, the earlier rule gets
 * the intersection of both.
 */
export function arrange(
  rules: readonly (readonly Alternative[])[],
  mayPrecede: MayPrecede = precedes,
): readonly Arranged[] {
  const arranged: Arranged[] = [];
  const later: Alternative[] = [];
  for (const own of rules.toReversed()) {
    const one = keepPlace(own, later, mayPrecede);
    arranged.unshift(one);
    later.push(...one.alternatives);
  }
  return withoutRepeated(arranged);
}

function keepPlace(
  own: readonly Alternative[],
  later: readonly Alternative[],
  mayPrecede: MayPrecede,
): Arranged {
  const all = [...own];
  const ascending = later.toSorted(comparePrecedence);
  let isKept = true;
  for (const alternative of own) {
    for (const other of ascending) {
      if (!mayPrecede(other, alternative)) continue;
      const both = intersect(alternative, other);
      if (both === 'none') continue;
      if (both === 'inexpressible') isKept = false;
      else if (all.some((known) => !mayPrecede(other, known) && covers(known, both))) continue;
      else if (mayPrecede(other, both) || all.length >= most) isKept = false;
      else all.push(both);
    }
  }
  return { alternatives: all, isKept };
}

/** Returns true if `wide` certainly matches every request that `narrow` matches. */
export function covers(wide: Alternative, narrow: Alternative): boolean {
  const both = intersect(wide, narrow);
  return typeof both !== 'string' && keyOf(both) === keyOf(narrow);
}

/** Drops each alternative that an earlier rule has, since it can match no request any more. */
function withoutRepeated(rules: readonly Arranged[]): readonly Arranged[] {
  const seen = new Set<string>();
  return rules.map(({ alternatives, isKept }) => {
    const first = alternatives.filter((alternative) => !seen.has(keyOf(alternative)));
    for (const alternative of first) seen.add(keyOf(alternative));
    return { alternatives: first, isKept };
  });
}

export function keyOf({ path, method, headers, query }: Alternative): string {
  return canonicalJson([path.type, path.value, method ?? null, headers.map(fields), query.map(fields)]);
}

function fields({ name, type, value }: Alternative['headers'][number]): readonly string[] {
  return [name, type, value];
}
