import type { StringMatch } from '../ir/match.ts';
import { stringMatches } from '../ir/string-match.ts';
import { withoutBlanks } from '../lib/without-blanks.ts';

/** Returns what stands behind the `=` of each cookie of a name in one line of the header, blanks and quotes included. */
export function cookiesNamed(line: string, name: string): readonly string[] {
  return line.split(';').flatMap((cookie) => {
    const equals = cookie.indexOf('=');
    return equals < 0 || withoutBlanks(cookie.slice(0, equals)) !== name ? [] : [cookie.slice(equals + 1)];
  });
}

/** Returns whether one cookie fits; `sent` is what stands behind its `=`. */
export function cookieFits(match: StringMatch, sent: string): boolean {
  if (match.type === 'regex') return stringMatches(wholePattern(match), sent);
  const value = withoutBlanks(sent);
  return stringMatches(match, /^".*"$/s.test(value) ? value.slice(1, -1) : value);
}

/** Returns a pattern for what stands behind the `=`: the value, with blanks and one pair of quotes around it or without. */
export function cookieValuePattern(value: string): string {
  return `[ \\t]*(?:${value}|"(?:${value})")[ \\t]*`;
}

type Pattern = Extract<StringMatch, { readonly value: string }>;

/** Patterns for what stands behind the `=`, by the condition that they come from. */
const patterns = new WeakMap<Pattern, Pattern>();

function wholePattern(match: Pattern): Pattern {
  const known = patterns.get(match);
  if (known !== undefined) return known;
  const pattern = { type: 'regex', value: cookieValuePattern(match.value) } as const;
  patterns.set(match, pattern);
  return pattern;
}
