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
    // Tags can spell hidden text; a flag spelled with tags is no exception.
    ['a\u{e0041}\u{e007f}', 'a\\u{e0041}\\u{e007f}'],
    ['\u{1f3f4}\u{e0067}\u{e007f}', '\u{1f3f4}\\u{e0067}\\u{e007f}'],
    ['\u200d\ufe0fa\ufe0f\u{e0100}\u00ad\u3164', '\\u200d\\ufe0fa\\ufe0f\\u{e0100}\\xad\\u3164'],
    ['\u061c\u200e\u200f\u2060\u206f\ufffe\u0085', '\\u061c\\u200e\\u200f\\u2060\\u206f\\ufffe\\x85'],
    // Emoji sequences of UTS 51: a family, a skin tone, a heart in colour, a keycap.
    ['👩‍👩‍👧 👍🏽 ❤️ 1️⃣', '👩‍👩‍👧 👍🏽 ❤️ 1️⃣'],
    ['🙂\u200da', '🙂\\u200da'],
  ])('%j', (text, expected) => expect(escapeControl(text)).toBe(expected));
});

describe('quoted', () => {
  it('cuts and escapes', () => expect(quoted('ab\ncdef', 4)).toBe('"ab\\nc…"'));
});
