import type { StringMatch } from '../ir/match.ts';
import { stringMatches } from '../ir/string-match.ts';
import { withoutBlanks } from '../lib/without-blanks.ts';

/** Returns the text after the `=` of each cookie of a name in one line of the header, with blanks and quotes. */
export function cookiesNamed(line: string, name: string): readonly string[] {
  return line.split(';').flatMap((cookie) => {
    const equals = cookie.indexOf('=');
    return equals < 0 || withoutBlanks(cookie.slice(0, equals)) !== name ? [] : [cookie.slice(equals + 1)];
  });
}

/** Returns true if one cookie fits; `sent` is the text after its `=`. */
export function cookieFits(match: StringMatch, sent: string): boolean {
  if (match.type === 'regex') return stringMatches(wholePattern(match), sent);
  const value = withoutBlanks(sent);
  return stringMatches(match, /^".*"$/s.test(value) ? value.slice(1, -1) : value);
}

/** Returns a pattern for the text after the `=`: the value, perhaps with blanks and one pair of quotes around it. */
export function cookieValuePattern(value: string): string {
  return `[ \\t]*(?:${value}|"(?:${value})")[ \\t]*`;
}

type Pattern = Extract<StringMatch, { readonly value: string }>;

/** Patterns for the text after the `=`, by the condition's own pattern. */
const patterns = new WeakMap<Pattern, Pattern>();

function wholePattern(match: Pattern): Pattern {
  const known = patterns.get(match);
  if (known !== undefined) return known;
  const pattern = { type: 'regex', value: cookieValuePattern(match.value) } as const;
  patterns.set(match, pattern);
  return pattern;
}
