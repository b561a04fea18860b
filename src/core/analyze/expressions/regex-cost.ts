import { RE2JS } from 're2js';

/** The most instructions of a pattern inside an expression; of the 100 that a proxy allows, some are for the frame. */
const limit = 90;

/** The most instructions of a class with characters beyond ASCII as UTF-8, except for Unicode's own classes. */
const wideClass = 12;

/**
 * Returns the reason for which proxies refuse this pattern in `matches`, or undefined. Proxies limit the program of
 * such a pattern to 100 instructions and count bytes; RE2JS counts characters, so classes are replaced by as many
 * bytes.
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

/**
 * Returns a pattern of ASCII that costs as much in RE2JS as the token may cost in a proxy: a class costs an instruction
 * for each range.
 */
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
