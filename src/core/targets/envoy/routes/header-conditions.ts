import type { HeaderMatch } from '../../../ir/match.ts';
import { cookieCondition } from '../../envoy-filters/cookie-condition.ts';
import { stringCondition } from '../../envoy-filters/string-matcher.ts';
import type { Fields } from '../typed-config.ts';

/**
 * Returns conditions on headers as alternatives, each a list of matchers that must all hold. Envoy's inverted matcher
 * is false for an absent header, while `not` is true. A `not` therefore becomes two alternatives: the header is absent,
 * or none of its lines matches.
 */
export function headerConditions(matches: readonly HeaderMatch[]): readonly (readonly Fields[])[] {
  return matches.reduce<readonly (readonly Fields[])[]>(
    (alternatives, match) =>
      alternatives.flatMap((before) => spell(match).map((matcher) => [...before, matcher])),
    [[]],
  );
}

function spell({ name, cookie, match, negated }: HeaderMatch): readonly Fields[] {
  if (cookie !== undefined) return [cookieCondition(cookie, match, negated)];
  const header = name === 'host' ? ':authority' : name;
  const condition = stringCondition(match);
  if (!negated) return [{ name: header, ...condition }];
  if ('present_match' in condition)
    return [{ name: header, present_match: condition['present_match'] !== true }];
  return [
    { name: header, present_match: false },
    { name: header, ...condition, invert_match: true },
  ];
}
