import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { cookiePattern } from '../../../src/core/ir/link/cookie-pattern.ts';

/** Values without `;`, with letters, digits, punctuation, blanks and bytes beyond ASCII. */
const values = [
  '',
  'a',
  'b',
  'ab',
  'a-b',
  'A',
  '0',
  '_',
  ' ',
  'a b',
  '-',
  '^',
  ']',
  '[',
  '\\',
  '"',
  '!',
  '~',
  ':',
  '<',
  '@',
  'é',
  'ÿ',
  '\t',
  'abc',
  'xyz',
  'a=b',
  '.',
  '$',
  'x"y',
];

const patterns = [
  '.',
  '.*',
  'a.*b',
  '[^a]',
  '[^]a]',
  '[^a-]',
  '[^\\]]',
  '\\S',
  '\\S+',
  '\\W',
  '\\D*',
  '[\\W]',
  '[\\Sx]',
  '[a\\D]',
  '[!-~]',
  '[!-~]+',
  '[ -~]*',
  '[:;<]',
  '[;a]',
  '[a;-z]',
  '[9-<]',
  '[[:punct:]]',
  '[[:graph:]]+',
  '[[:print:]]*',
  '[[:ascii:]]',
  '[[:alpha:];]',
  '[]a]',
  '[a\\-b]',
  '[\\x3a-\\x3c]',
  '[\\x{3a}-\\x{3d}]',
  '[\\072-\\074]',
  '\\x61',
  '\\Qa.b\\E',
  '\\Qa',
  '\\Qa+b',
  '(a|b)',
  '(?P<n>a)b',
  '(?<n>a)b',
  '(?i)AB',
  '(?i:a)b',
  '^a$',
  '^a|^b$',
  '(?i)^a$',
  '\\Aa\\z',
  'a\\b',
  '\\pL',
  '\\p{Greek}|a',
  'a{1,3}',
  'a*?',
  '\\.',
  '\\$',
  '\\^',
  '[^[:punct:]]',
  '(?s).',
];

describe('patterns within a cookie', () => {
  it.each(patterns)('%s matches the same values, and no `;`', (pattern) => {
    const kept = cookiePattern(pattern);
    if ('problem' in kept) throw new Error(kept.problem);
    const [before, after] = [RE2JS.compile(pattern), RE2JS.compile(kept.pattern)];
    for (const value of values)
      expect([value, after.testExact(value)]).toEqual([value, before.testExact(value)]);
    for (const value of [';', 'a;b', ';b', 'a;', 'ab;ab'])
      expect([value, after.testExact(value)]).toEqual([value, false]);
    expect(
      RE2JS.compile(`(?:x=(?:${kept.pattern}|"(?:${kept.pattern})")(?:;.*)?)`).testExact('x=a;b;"'),
    ).toBe(before.testExact('a'));
  });

  it.each([
    'a;b',
    '\\;',
    '\\x3b',
    '\\x{3B}',
    '\\073',
    '\\Qa;\\E',
    '[;]',
    '(^a|b)',
    'a^',
    'a$b',
    '\\PL',
    '\\pP',
    '[\\pP]',
    '[[:^alpha:]]',
  ])('%s is refused', (pattern) => {
    expect(cookiePattern(pattern)).toHaveProperty('problem');
  });

  it('a pattern that RE2 rejects is left to another check', () => {
    expect(cookiePattern('a(')).toEqual({ pattern: 'a(' });
  });
});
