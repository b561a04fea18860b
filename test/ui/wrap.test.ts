import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrap } from '../../src/ui/wrap.ts';

test('breaks at spaces and indents later lines', () => {
  expect(wrap('one two three four', 9, '  ')).toBe('one two\n  three\n  four');
});

test('keeps every word in order, and lines within the width unless a word alone is wider', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1 }),
      fc.integer({ min: 5, max: 60 }),
      (words, width) => {
        const lines = wrap(words.join(' '), width).split('\n');
        expect(lines.join(' ').split(' ')).toEqual(words);
        for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
      },
    ),
  );
});

test('counts two columns for East Asian characters, and none for colours', () => {
  expect(wrap('日本語 日本語 x', 13)).toBe('日本語 日本語\nx');
  expect(wrap('日本語 日本語 x', 12)).toBe('日本語\n日本語 x');
  expect(wrap('\u001b[31mone\u001b[39m two', 7)).toBe('\u001b[31mone\u001b[39m two');
});

test('keeps the indent of the first line and spaces between words', () => {
  expect(wrap('  ~ a  b ccc', 8, '    ')).toBe('  ~ a  b\n    ccc');
});
