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
