import { RE2JS } from 're2js';

/**
 * The most instructions of a pattern inside an expression. A proxy allows 100, some of which belong to every pattern.
 */
const limit = 90;

/** The most instructions of a class with characters beyond ASCII as UTF-8; Unicode's own classes can take more. */
const wideClass = 12;

/**
 * Returns the reason why proxies refuse this pattern in `matches`, or undefined. Proxies limit the compiled pattern to
 * 100 instructions and match bytes. RE2JS, which counts the instructions here, matches characters, so classes are first
 * replaced by ASCII of equal cost.
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
 * Returns an ASCII pattern that costs in RE2JS as many instructions as the token may cost in a proxy, where a class
 * costs one for each range.
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
