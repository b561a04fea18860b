import type { HeaderMatch } from '../../../../ir/match.ts';
import { stringMatches } from '../../../../ir/string-match.ts';
import { cookieLinePattern } from '../../../envoy-filters/cookie-pattern.ts';
import type { StringMatch, StringMatches } from '../../crds/parts.ts';
import { joinConditions } from './join-conditions.ts';
import { stringMatch } from './string-match.ts';

/** Conditions on headers: those that must hold, and those that must not. */
export interface HeaderFields {
  readonly headers: StringMatches;
  readonly withoutHeaders: StringMatches;
}

const present: StringMatch = {};

/** Returns conditions on headers as alternatives, of which one must hold. */
export function headerMatches(matches: readonly HeaderMatch[]): readonly HeaderFields[] {
  return matches.reduce<readonly HeaderFields[]>(
    (alternatives, match) =>
      alternatives.flatMap(({ headers, withoutHeaders }) =>
        spell(match).map((spelt) => ({
          headers: joinConditions(headers, spelt.headers),
          withoutHeaders: joinConditions(withoutHeaders, spelt.withoutHeaders),
        })),
      ),
    [{ headers: {}, withoutHeaders: {} }],
  );
}

/**
 * A negated match treats a missing header as empty; if that satisfies the match, absence is added as an alternative.
 */
function spell({ name, cookie, match, negated }: HeaderMatch): readonly HeaderFields[] {
  const header = name === 'host' ? ':authority' : name;
  const must = (condition: StringMatch): HeaderFields => ({
    headers: { [header]: condition },
    withoutHeaders: {},
  });
  const mustNot = (condition: StringMatch): HeaderFields => ({
    headers: {},
    withoutHeaders: { [header]: condition },
  });
  if (cookie !== undefined) {
    const absent = match.type === 'present' && !match.value;
    const condition = { regex: cookieLinePattern(cookie, match) };
    return [absent === negated ? must(condition) : mustNot(condition)];
  }
  if (match.type === 'present') return [match.value === negated ? mustNot(present) : must(present)];
  if (!negated) return [must(stringMatch(match))];
  const absent = stringMatches(match, '') ? [mustNot(present)] : [];
  return [...absent, mustNot(stringMatch(match))];
}
