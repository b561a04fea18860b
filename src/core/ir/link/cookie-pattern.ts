import { RE2JS } from 're2js';
import { quoteRegex } from '../../lib/quote-regex.ts';
import { classItems, patternParts } from './pattern-parts.ts';

/** A pattern that never matches the `;` between two cookies, or the reason that there is none. */
export type CookiePattern = { readonly pattern: string } | { readonly problem: string };

/**
 * Returns a pattern that matches the same values of a cookie but never a `;`, so that a target can use it inside a
 * pattern for the whole header. Named groups become plain groups. `^` and `$` at the ends of alternatives are removed,
 * since a pattern matches the whole value. A pattern that RE2 rejects is returned unchanged.
 */
export function cookiePattern(pattern: string): CookiePattern {
  if (!isPattern(pattern)) return { pattern };
  const tokens = patternParts(pattern);
  const kept: string[] = [];
  let depth = 0;
  for (const [index, text] of tokens.entries()) {
    if (text.startsWith('(') && !flags.test(text)) depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0 && isIdleAnchor(text, tokens.slice(0, index), tokens[index + 1])) continue;
    const rewritten = withoutSemicolon(text);
    if ('problem' in rewritten) return rewritten;
    kept.push(rewritten.pattern);
  }
  return { pattern: kept.join('') };
}

/**
 * Returns true if an anchor outside of groups has no effect: it stands at an end of the pattern or of an alternative.
 */
function isIdleAnchor(text: string, before: readonly string[], next: string | undefined): boolean {
  const last = before.findLast((earlier) => !flags.test(earlier));
  if (begins.has(text)) return last === undefined || last === '|';
  return ends.has(text) && (next === undefined || next === '|');
}

const flags = /^\(\?[a-zA-Z-]*\)$/;
const begins: ReadonlySet<string> = new Set(['^', '\\A']);
const ends: ReadonlySet<string> = new Set(['$', '\\z']);

function withoutSemicolon(text: string): CookiePattern {
  if (begins.has(text) || ends.has(text))
    return { problem: `\`${text}\` stands inside it, and a pattern takes the whole value anyway` };
  if (/^\(\?P?</.test(text)) return { pattern: '(' };
  if (text.startsWith('(')) return { pattern: text };
  if (text.startsWith('\\Q')) return quotedText(text.slice(2).replace(/\\E$/, ''));
  if (text === '.') return { pattern: '[^;]' };
  if (!isClassLike(text) || !takesSemicolon(text)) return { pattern: text };
  if (text.startsWith('[^')) return { pattern: `[^;${text.slice(2).replace(/^\]/, '\\]')}` };
  if (text.startsWith('[')) return positiveClass(text.slice(1, -1));
  const known = negated[text];
  return known === undefined ? { problem: semicolonOr(text) } : { pattern: known };
}

function quotedText(text: string): CookiePattern {
  return text.includes(';') ? { problem: semicolon } : { pattern: quoteRegex(text) };
}

const semicolon = 'it asks for a `;`, which ends a cookie';

function semicolonOr(text: string): string {
  return /^\\[pPSDW]/.test(text) ? `\`${text}\` may take a \`;\`, which ends a cookie` : semicolon;
}

/**
 * Negated classes of RE2 include `;`; these are the same classes without it. They are negated, too, and so need no last
 * code point: proxies compare bytes.
 */
const negated: Readonly<Record<string, string>> = {
  '\\D': '[^0-9;]',
  '\\W': '[^0-9A-Za-z_;]',
  '\\S': '[^\\t\\n\\f\\r ;]',
};

/** Named classes of RE2 that include `;`, as ranges without it. */
const named: Readonly<Record<string, string>> = {
  '[:punct:]': '!-/:<-@\\[-`{-~',
  '[:graph:]': '!-:<-~',
  '[:print:]': ' -:<-~',
  '[:ascii:]': '\\x00-:<-\\x7F',
};

function positiveClass(body: string): CookiePattern {
  let ranges = '';
  const classes: string[] = [];
  for (const { text: whole, from, to } of classItems(body)) {
    if (!takesSemicolon(`[${whole.replace(/^\]/, '\\]')}]`)) ranges += whole.replace(/^\]/, '\\]');
    else if (to !== undefined) ranges += around(from, to);
    else if (named[from] !== undefined) ranges += named[from];
    else if (negated[from] !== undefined) classes.push(negated[from]);
    else if (/^\\[pP]|^\[:/.test(from)) return { problem: semicolonOr(from) };
  }
  if (ranges !== '') classes.unshift(`[${ranges}]`);
  if (classes.length === 0) return { problem: semicolon };
  return { pattern: classes.length === 1 ? (classes[0] ?? '') : `(?:${classes.join('|')})` };
}

/** Returns the ranges before and after the `;` in a range that includes it. */
function around(from: string, to: string): string {
  return `${from === ';' || takesSemicolon(from) ? '' : `${from}-:`}${takesSemicolon(to) ? '' : `<-${to}`}`;
}

function isClassLike(text: string): boolean {
  return text.length > 1 || text === ';';
}

/** Returns true if a part that matches one character matches a `;`. */
function takesSemicolon(text: string): boolean {
  return RE2JS.compile(text).testExact(';');
}

function isPattern(text: string): boolean {
  try {
    RE2JS.compile(text);
    return true;
  } catch {
    return false;
  }
}
