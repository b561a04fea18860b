import type { Field } from '../../../import/field.ts';
import { isHeaderValue, isPath, isPattern } from '../../../import/written-values.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { PathMatch, StringMatch } from '../../../spec/types.gen.ts';

/** Reads a StringMatcher; returns undefined for one that the language can't say. */
export function readStringMatch(field: Field): StringMatch | undefined {
  const ignoresCase = field.at('ignore_case').boolean() === true;
  const regex = readRegex(field.at('safe_regex'));
  if (regex !== undefined) return isPattern(regex) ? { regex } : undefined;
  for (const operator of ['exact', 'prefix', 'suffix', 'contains'] as const) {
    const value = field.at(operator).text();
    if (value === undefined) continue;
    if (!isHeaderValue(value)) return undefined;
    if (!ignoresCase) return { [operator]: value };
    const before = operator === 'suffix' || operator === 'contains' ? '.*' : '';
    const after = operator === 'prefix' || operator === 'contains' ? '.*' : '';
    return { regex: `(?i)${before}${quoteRegex(value)}${after}` };
  }
  return undefined;
}

/** Reads a RegexMatcher: an expression of RE2 that matches the whole value. */
export function readRegex(field: Field): string | undefined {
  if (!field.isPresent) return undefined;
  field.at('google_re2').withoutEffect('every expression is one of RE2');
  return field.at('regex').text();
}

/** Returns a match of a text as one of a path; a prefix goes by characters. Undefined if the language can't say it. */
export function asPath(match: StringMatch | undefined): PathMatch | 'any' | undefined {
  if (match === undefined) return undefined;
  const { exact, prefix, suffix, contains, regex } = match;
  if (exact !== undefined) return isPath(exact) ? { exact } : undefined;
  if (prefix === '' || prefix === '/') return 'any';
  if (prefix !== undefined) return isPath(prefix) ? { startsWith: prefix } : undefined;
  if (suffix !== undefined) return { regex: `.*${quoteRegex(suffix)}` };
  if (contains !== undefined) return { regex: `.*${quoteRegex(contains)}.*` };
  return regex === undefined ? undefined : { regex };
}
