import { describe, expect, it } from 'vitest';
import { escapeControl } from '../../../src/core/lib/escape-control.ts';
import { quoted } from '../../../src/core/lib/quoted.ts';

describe('escapeControl', () => {
  it.each([
    ['\u001b]0;owned\u0007', '\\x1b]0;owned\\x07'],
    ['a\nb\r\tc\0', 'a\\nb\\r\\tc\\x00'],
    ['\u009b31m\u007f', '\\x9b31m\\x7f'],
    ['\u202eabc\u2066\u200b\u2028\ufeff', '\\u202eabc\\u2066\\u200b\\u2028\\ufeff'],
    ['\ud800x\udc00', '\\ud800x\\udc00'],
    ['é名🙂 $(x) `y`', 'é名🙂 $(x) `y`'],
  ])('%j', (text, expected) => expect(escapeControl(text)).toBe(expected));
});

describe('quoted', () => {
  it('cuts and escapes', () => expect(quoted('ab\ncdef', 4)).toBe('"ab\\nc…"'));
});
