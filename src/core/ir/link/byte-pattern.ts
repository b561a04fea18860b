import { quoteRegex } from '../../lib/quote-regex.ts';
import { classItems, patternParts } from './pattern-parts.ts';
import { type CodeRange, utf8Ranges } from './utf8-ranges.ts';

/** A pattern with the same meaning for a matcher of bytes, or the reason that there is none. */
export type BytePattern = { readonly pattern: string } | { readonly problem: string };

/**
 * Returns a pattern for the bytes of UTF-8 that keeps each character whole: `é+` becomes `(?:é)+`, `[à-ï]` becomes
 * `(?:\xc3[\xa0-\xaf])`. Codes such as `\x{e9}` are characters, too. The rest stays: `.`, negated classes, `\D`, `\S`
 * and `\W` match one byte.
 */
export function bytePattern(pattern: string): BytePattern {
  if (!/[^\0-\x7f]|\\[xpPC0-7]/.test(pattern)) return { pattern };
  const parts = patternParts(pattern);
  const kept: string[] = [];
  const outer: boolean[] = [];
  let foldsCase = false;
  for (const [index, text] of parts.entries()) {
    if (text.startsWith('(')) {
      const folds = foldsWithin(text, foldsCase);
      if (!text.endsWith(')')) outer.push(foldsCase);
      foldsCase = folds;
    } else if (text === ')') foldsCase = outer.pop() ?? false;
    const repeated = /^[*+?{]/.test(parts[index + 1] ?? '');
    const written = rewritten(text, foldsCase, repeated);
    if ('problem' in written) return written;
    kept.push(written.pattern);
  }
  return { pattern: kept.join('') };
}

/** Returns true if case is ignored after the opening of a group: `(?i)`, `(?i:`, `(?-i)`. */
function foldsWithin(opening: string, foldsCase: boolean): boolean {
  const [, set = '', cleared = ''] = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?[:)]$/.exec(opening) ?? [];
  return set.includes('i') || (foldsCase && !cleared.includes('i'));
}

function rewritten(text: string, foldsCase: boolean, repeated: boolean): BytePattern {
  if (/^\\[pP]/.test(text)) return { problem: `\`${text}\` names characters by a property` };
  if (text === '\\C') return { problem: '`\\C` is half a character' };
  if (text.startsWith('\\Q')) return quoted(text, foldsCase, repeated);
  if (text.startsWith('[') && text.length > 1) return setOf(text, foldsCase);
  if (text.startsWith('(')) return { pattern: /[^\0-\x7f]/.test(text) ? '(' : text };
  const point = codePoint(text);
  if (point === undefined || point < 0x80) return { pattern: text };
  return characters([[point, point]], foldsCase, foldsCase || repeated);
}

function quoted(text: string, foldsCase: boolean, repeated: boolean): BytePattern {
  if (!/[^\0-\x7f]/.test(text)) return { pattern: text };
  const all = Array.from(text.slice(2).replace(/\\E$/, ''));
  const written = all.map((character, index) => {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) return { pattern: quoteRegex(character) };
    return characters([[point, point]], foldsCase, foldsCase || (repeated && index === all.length - 1));
  });
  return joined(written, '');
}

function setOf(text: string, foldsCase: boolean): BytePattern {
  const negated = text.startsWith('[^');
  const ranges: CodeRange[] = [];
  let ascii = '';
  for (const item of classItems(text.slice(negated ? 2 : 1, -1))) {
    if (/^\\[pP]/.test(item.from)) return { problem: `\`${item.from}\` names characters by a property` };
    const first = codePoint(item.from);
    const last = item.to === undefined ? first : codePoint(item.to);
    if (first === undefined || last === undefined || last < 0x80) ascii += escapedBracket(item.text);
    else {
      if (negated) return { problem: 'a class with `^` names a character beyond ASCII' };
      if (first < 0x80) ascii += `${escapedBracket(item.from)}-\\x7f`;
      ranges.push([Math.max(first, 0x80), last]);
    }
  }
  if (ranges.length === 0) return { pattern: text };
  const beyond = characters(ranges, foldsCase, true);
  return ascii === '' ? beyond : joined([{ pattern: `(?:[${ascii}]|` }, beyond, { pattern: ')' }], '');
}

/** Escapes `]` and `^`: their meaning depends on their position in a class, which may have changed. */
function escapedBracket(text: string): string {
  return text.replace(/^[\]^]/, '\\$&');
}

/** The largest number of code points whose other cases are added. */
const mostFolded = 4096;

/**
 * Returns a pattern for any of these characters beyond ASCII. `grouped` is true if a repetition or a neighbour may
 * follow.
 */
function characters(ranges: readonly CodeRange[], foldsCase: boolean, grouped: boolean): BytePattern {
  if (ranges.some(([first, last]) => first <= 0xdfff && last >= 0xd800 && !(first < 0xd800 && last > 0xdfff)))
    return { problem: 'U+D800 to U+DFFF are no characters' };
  const all = foldsCase ? folded(ranges) : ranges;
  if (all === undefined) return { problem: 'a range this wide can not be matched without case' };
  const text = utf8Ranges(all).join('|');
  if (!grouped) return { pattern: text };
  return { pattern: foldsCase ? `(?-i:${text})` : `(?:${text})` };
}

/** Returns the ranges with the other cases of their characters, or undefined if there are too many. */
function folded(ranges: readonly CodeRange[]): readonly CodeRange[] | undefined {
  const count = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (count > mostFolded) return undefined;
  const points = new Set<number>();
  for (const [first, last] of ranges)
    for (let point = first; point <= last; point += 1) addCases(String.fromCodePoint(point), points);
  return [...points].map((point) => [point, point]);
}

function addCases(character: string, points: Set<number>): void {
  const point = character.codePointAt(0) ?? 0;
  if (String.fromCodePoint(point) !== character || points.has(point)) return;
  points.add(point);
  addCases(character.toLowerCase(), points);
  addCases(character.toUpperCase(), points);
}

/** Returns the code point of a character or an escape; undefined for a class or anything else that isn't a literal. */
function codePoint(text: string): number | undefined {
  const hex = /^\\x\{?([0-9A-Fa-f]+)\}?$/.exec(text)?.[1];
  if (hex !== undefined) return Number.parseInt(hex, 16);
  const octal = /^\\([0-7]{1,3})$/.exec(text)?.[1];
  if (octal !== undefined) return Number.parseInt(octal, 8);
  const escaped = /^\\([^a-zA-Z0-9])$/u.exec(text)?.[1] ?? text;
  return /^[^\\]$|^\\$/u.test(escaped) ? escaped.codePointAt(0) : escapes[text];
}

const escapes: Readonly<Record<string, number>> = {
  '\\a': 7,
  '\\t': 9,
  '\\n': 10,
  '\\v': 11,
  '\\f': 12,
  '\\r': 13,
};

function joined(parts: readonly BytePattern[], between: string): BytePattern {
  const problem = parts.find((part) => 'problem' in part);
  return problem ?? { pattern: parts.map((part) => ('pattern' in part ? part.pattern : '')).join(between) };
}
