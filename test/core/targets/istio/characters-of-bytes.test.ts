import { expect, test } from 'vitest';
import { bytePattern } from '../../../../src/core/ir/link/byte-pattern.ts';
import { compilePattern } from '../../../../src/core/lib/compile-pattern.ts';
import { utf8Bytes } from '../../../../src/core/lib/utf8-bytes.ts';
import { charactersOfBytes } from '../../../../src/core/targets/istio-objects/read/characters-of-bytes.ts';

/** Returns true if a value fits an expression of the language. */
function fits(pattern: string | undefined, value: string): boolean {
  const linked = pattern === undefined ? undefined : bytePattern(pattern);
  if (linked === undefined || 'problem' in linked) throw new Error('the language has no such expression');
  return compilePattern(linked.pattern).testExact(utf8Bytes(value));
}

test.each([
  ['two letters', String.raw`(?:\xc3[\xa8-\xa9])`, ['è', 'é'], ['e', 'ê', 'Ã']],
  ['all characters of two bytes', String.raw`x(?:[\xc2-\xdf][\x80-\xbf])+`, ['xé', 'xßπ'], ['x', 'xe', 'x€']],
  ['characters of two and of three bytes', String.raw`(?:\xc3\xa9|\xe2\x82\xac)`, ['é', '€'], ['è', '₭']],
  ['both cases', String.raw`(?i)(?-i:\xc3[\x80-\x96]|\xc3[\xa0-\xb6])`, ['É', 'é'], ['e', '÷']],
  ['one case alone', String.raw`(?i)a(?-i:\xc3[\xa0-\xaf])`, ['aé', 'Aé'], ['aÉ']],
  ['no bytes beyond ASCII', String.raw`[a-\x7f]+`, ['ab'], ['é']],
])('an expression for the bytes of %s is one for these characters', (_what, bytes, taken, refused) => {
  const pattern = charactersOfBytes(bytes);
  expect(taken.filter((value) => !fits(pattern, value))).toEqual([]);
  expect(refused.filter((value) => fits(pattern, value))).toEqual([]);
});

test.each([
  ['a byte that is no character', String.raw`\xc3`],
  ['the second byte of a character alone', String.raw`(?:[\xa8-\xa9])`],
  ['characters that are no neighbours', String.raw`(?:[\xc3-\xc4][\xa8-\xa9])`],
  ['a form that is longer than it needs to be', String.raw`(?:\xc0\xaf)`],
  ['half of a pair of surrogates', String.raw`(?:\xed\xa0\x80)`],
  ['bytes without a group', String.raw`\xc3[\xa8-\xa9]`],
  ['bytes whose case is ignored', String.raw`(?i)(?:\xc3[\xa8-\xa9])`],
])('an expression with %s is none for characters', (_what, bytes) => {
  expect(charactersOfBytes(bytes)).toBeUndefined();
});
