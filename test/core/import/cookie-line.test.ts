import { expect, test } from 'vitest';
import { readCookieLine } from '../../../src/core/import/cookie-line.ts';

/** An expression for a line with a cookie whose value fits, with blanks and quotes as the language lets them be. */
const line = (name: string, value: string): string =>
  String.raw`(?:.*;)?[ \t]*${name}[ \t]*=[ \t]*(?:${value}|"(?:${value})")[ \t]*(?:;.*)?`;

test.each([
  ['beta', { exact: 'beta' }],
  [String.raw`a\.b`, { exact: 'a.b' }],
  ['be[^;]*', { prefix: 'be' }],
  ['[^;]*ta', { suffix: 'ta' }],
  ['[^;]*et[^;]*', { contains: 'et' }],
  ['[a-c]+', { regex: '[a-c]+' }],
  ['[^;]*', { regex: '[^;]*' }],
  ['a|b', { regex: 'a|b' }],
])('the value %s is a condition on the cookie', (value, match) => {
  expect(readCookieLine(line('tier', value))).toEqual({ name: 'tier', match });
});

test('any value is a cookie that is there', () => {
  expect(readCookieLine(String.raw`(?:.*;)?[ \t]*tier[ \t]*=.*`)).toEqual({
    name: 'tier',
    match: { present: true },
  });
});

// Each of these fits other lines than a condition on one cookie does.
test.each([
  ['without an end', line('tier', 'beta').replace('(?:;.*)?', '')],
  ['without blanks', line('tier', 'beta').replaceAll(String.raw`[ \t]*`, '')],
  ['with another value in quotes', line('tier', 'beta').replace('"(?:beta)"', '"(?:other)"')],
  ['with an expression for the name', line('tier.*', 'beta')],
  ['after no other cookie', line('tier', 'beta').replace('(?:.*;)?', '')],
])('an expression %s is no condition on one cookie', (_what, pattern) => {
  expect(readCookieLine(pattern)).toBeUndefined();
});
