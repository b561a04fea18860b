import { RE2JS } from 're2js';

/** Instructions that a proxy gives a pattern inside an expression at most; a few are its own. */
const limit = 90;

/** Instructions that a class of characters beyond ASCII costs as UTF-8 at most, but for Unicode's own classes. */
const wideClass = 12;

/**
 * Returns the reason for which proxies refuse this pattern in `matches`, or undefined. They limit the program of such
 * a pattern to 100 instructions and counts bytes; RE2JS counts characters, so classes are exchanged for as many bytes.
 */
export function regexProblem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
  } catch {
    return 'the pattern of `matches` is not a regular expression of RE2';
  }
  if (/\\[pP]|[^\0-\x7f]|\\x|\\[0-7]/.test(pattern))
    return 'a pattern of `matches` has ASCII characters only, without `\\p` and codes of characters';
  const counted = pattern.replace(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\./g, (token) => counterpart(token));
  const most = /\(\?[a-zA-Z]*i/.test(pattern) ? limit / 6 : limit;
  return programSize(counted) <= most ? undefined : 'proxies refuse a pattern as large as this in `matches`';
}

/** A pattern of ASCII that costs as much in RE2JS as a token may cost in a proxy: a class has an instruction a range. */
function counterpart(token: string): string {
  if (/^(?:\.|\\[DSW])$/.test(token)) return bytes(wideClass);
  if (!token.startsWith('[')) return token;
  return bytes(/^\[\^|\\[DSW]|\[:\^/.test(token) ? wideClass + token.length : token.length);
}

function bytes(count: number): string {
  return `(?:${'a'.repeat(count)})`;
}

function programSize(pattern: string): number {
  try {
    return RE2JS.compile(pattern).programSize();
  } catch {
    return Infinity;
  }
}
