import { areDisjoint } from './disjoint-matches.ts';
import { compareRanks } from './route-matches.ts';
import type { RankedRule } from './route-rules.ts';
import { inWrittenOrder } from './written-order.ts';

/** The most matches whose order is kept where precedence lets it; more are sorted by their ranks. */
const most = 1000;

/**
 * Returns matches in an order in which the first that fits has the highest rank of all that fit. The order of the objects stays as
 * it is where no request fits two matches, so that the rules read as people wrote them.
 */
export function inPrecedence(rules: readonly RankedRule[]): readonly RankedRule[] {
  const written = inWrittenOrder(rules);
  if (written !== undefined) return written;
  const ranked = [...rules].sort((one, other) => compareRanks(one.rank, other.rank));
  if (rules.length > most) return ranked;
  const place = new Map(rules.map((rule, index) => [rule, index]));
  const waiting = new Map(
    ranked.map((rule, index) => [
      rule,
      new Set(ranked.slice(0, index).filter((earlier) => !areDisjoint(earlier.match, rule.match))),
    ]),
  );
  const ordered: RankedRule[] = [];
  const left = [...ranked].sort((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0));
  while (left.length > 0) {
    const index = left.findIndex((rule) => waiting.get(rule)?.size === 0);
    const [next] = left.splice(Math.max(index, 0), 1);
    if (next === undefined) break;
    ordered.push(next);
    for (const others of waiting.values()) others.delete(next);
  }
  return ordered;
}
