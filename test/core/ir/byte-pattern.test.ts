import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { bytePattern } from '../../../src/core/ir/link/byte-pattern.ts';
import { compilePattern } from '../../../src/core/lib/compile-pattern.ts';
import { utf8Bytes } from '../../../src/core/lib/utf8-bytes.ts';

function lowered(pattern: string): string {
  const written = bytePattern(pattern);
  if ('problem' in written) throw new Error(`${pattern}: ${written.problem}`);
  return written.pattern;
}

function takes(pattern: string, value: string): boolean {
  return compilePattern(lowered(pattern)).testExact(utf8Bytes(value));
}

test('a pattern of ASCII stays unchanged', () => {
  for (const pattern of ['/a/[0-9]+', '.*', '[^a]', '\\W\\S\\D', '(?i)k', '\\bx\\.', '\\Qa.b\\E'])
    expect(bytePattern(pattern)).toEqual({ pattern });
});

describe('characters in a pattern stay whole', () => {
  test.each([
    ['é', 'é', 'É'],
    ['é+', 'ééé', 'é©'],
    ['é{2}', 'éé', 'é'],
    ['é??a', 'a', 'éé'],
    ['[éè]', 'è', 'Ã'],
    ['[à-ï]', 'é', 'ð'],
    ['[a-é]', 'é', 'ê'],
    ['[a-é]', 'z', 'A'],
    ['[]é]+', ']é', 'e'],
    ['[é^]', '^', 'e'],
    ['[-é]', '-', 'e'],
    ['[[:digit:]é]+', '1é2', 'a'],
    ['\\x{e9}', 'é', 'e'],
    ['\\xe9', 'é', 'e'],
    ['\\351', 'é', 'e'],
    ['\\x{10FFFF}', '\u{10ffff}', '\u{10fffe}'],
    ['[\\x{1f600}-\\x{1f64f}]', '😀', '🙐'],
    ['[\\x80-\\x{10ffff}]', '中', 'a'],
    ['\\Qé.\\E+', 'é..', 'é.é.'],
    ['\\Q.é\\E+', '.éé', 'xé'],
    ['(?i)é+', 'éÉ', 'e'],
    ['(?i)[à-ï]', 'Î', 'e'],
    ['(?i:é)é', 'Éé', 'ÉÉ'],
    ['(?i)é(?-i)é', 'Éé', 'ÉÉ'],
    ['((?i)é)é', 'Éé', 'ÉÉ'],
    ['(?i)жук', 'ЖУК', 'жуr'],
    ['(?P<名>é)', 'é', 'e'],
  ])('%s matches %s and not %s', (pattern, taken, other) => {
    expect(takes(pattern, taken)).toBe(true);
    expect(takes(pattern, other)).toBe(false);
  });
});

test('a part that is not a character matches one byte', () => {
  for (const pattern of ['.', '[^a]', '\\W', '\\S', '\\D', '[[:^alpha:]]']) {
    expect(takes(`${pattern}{2}`, 'é')).toBe(true);
    expect(takes(pattern, 'é')).toBe(false);
  }
  expect(takes('.{3}', '中')).toBe(true);
});

test.each(['\\pL', '\\P{Greek}', '[\\pL]', '[^é]', '[^\\x{100}-\\x{200}]', '\\x{d800}'])(
  '%s has no pattern for bytes',
  (pattern) => {
    expect(bytePattern(pattern)).toHaveProperty('problem');
  },
);

const characters = Array.from('ak1éÉäÿ߿ࠀ中퟿\ue000\uffff\u{10000}😀\u{10ffff}');
const character = fc.constantFrom(...characters);

test('on bytes a pattern matches the same values as RE2 does on characters', () => {
  const range = fc.tuple(character, character).map(([one, other]) => {
    const [first = 0, last = 0] = [point(one), point(other)].sort((a, b) => a - b);
    return `[${code(first)}-${code(last)}]`;
  });
  const piece = fc.tuple(fc.oneof(character, range), fc.constantFrom('', '+', '?', '*', '{2}'));
  const pattern = fc.array(piece, { minLength: 1, maxLength: 4 }).map((all) => all.flat().join(''));
  const value = fc.array(character, { maxLength: 5 }).map((all) => all.join(''));
  fc.assert(
    fc.property(pattern, value, (regex, text) => {
      expect(takes(regex, text)).toBe(RE2JS.compile(regex).testExact(text));
    }),
    { numRuns: 300 },
  );
});

test('a range matches each of its characters and no neighbour', () => {
  const ranges = [
    [0x80, 0x7ff],
    [0x7f0, 0x810],
    [0xfff0, 0x10010],
    [0x3fff0, 0x40010],
  ] as const;
  for (const [first, last] of ranges) {
    const taken = compilePattern(lowered(`[${code(first)}-${code(last)}]`));
    for (let at = first - 3; at <= last + 3; at += 1)
      expect([at, taken.testExact(utf8Bytes(String.fromCodePoint(at)))]).toEqual([
        at,
        at >= first && at <= last,
      ]);
  }
});

function point(text: string): number {
  return text.codePointAt(0) ?? 0;
}

function code(at: number): string {
  return `\\x{${at.toString(16)}}`;
}
