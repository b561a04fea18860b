import type { CookieMatch } from '../spec/types.gen.ts';

/** The condition on one cookie. */
export interface ReadCookie {
  readonly name: string;
  readonly match: CookieMatch;
}

/**
 * Reads an expression for a whole line of the header `cookie` that asks for one cookie, in the one form that means what
 * `cookies` of the language means: any cookies before and after it, blanks around its name and its value, and one pair of quotes
 * around the value. Undefined for every other expression.
 */
export function readCookieLine(pattern: string): ReadCookie | undefined {
  const blanks = '[ \\t]*';
  const start = `(?:.*;)?${blanks}`;
  const end = `${blanks}=`;
  if (!pattern.startsWith(start)) return undefined;
  const equals = pattern.indexOf(end, start.length);
  const name = equals < 0 ? undefined : unquoted(pattern.slice(start.length, equals));
  if (name === undefined || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return undefined;
  const rest = pattern.slice(equals + end.length);
  if (rest === '.*') return { name, match: { present: true } };
  const [before, middle, after] = [`${blanks}(?:`, '|"(?:', `)")${blanks}(?:;.*)?`];
  if (!rest.startsWith(before) || !rest.endsWith(after)) return undefined;
  const both = rest.slice(before.length, -after.length);
  const value = both.slice(0, (both.length - middle.length) / 2);
  return both === `${value}${middle}${value}` ? { name, match: valueMatch(value) } : undefined;
}

function valueMatch(value: string): CookieMatch {
  const any = '[^;]*';
  const isPrefix = value.endsWith(any);
  const isSuffix = value.startsWith(any);
  const inner = value.slice(isSuffix ? any.length : 0, isPrefix ? -any.length : undefined);
  const text = isPrefix && isSuffix && value.length < 2 * any.length ? undefined : unquoted(inner);
  if (text === undefined || text === '') return { regex: value };
  if (isPrefix && isSuffix) return { contains: text };
  if (isPrefix) return { prefix: text };
  return isSuffix ? { suffix: text } : { exact: text };
}

/** Returns the one text that an expression without operators matches. */
function unquoted(pattern: string): string | undefined {
  const isPlain = /^(?:[^\\.+*?()|[\]{}^$]|\\[\\.+*?()|[\]{}^$])*$/.test(pattern);
  return isPlain ? pattern.replace(/\\(.)/g, '$1') : undefined;
}
