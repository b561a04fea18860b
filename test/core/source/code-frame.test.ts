import { describe, expect, it } from 'vitest';
import { codeFrame } from '../../../src/core/source/code-frame.ts';
import { locationAt, sourceText } from '../../../src/core/source/span.ts';

function frame(text: string, marked: string): string {
  const start = text.indexOf(marked);
  const source = sourceText('f.yaml', text);
  return codeFrame(source, locationAt(source, start, start + marked.length));
}

describe('a code frame', () => {
  it('has two lines before and after the place, and carets under the whole place', () => {
    const text = Array.from({ length: 12 }, (_, index) => `key${String(index + 1)}: value\n`).join('');
    expect(frame(text, 'key9')).toBe(
      [
        '   7 | key7: value',
        '   8 | key8: value',
        '>  9 | key9: value',
        '     | ^^^^',
        '  10 | key10: value',
        '  11 | key11: value',
      ].join('\n'),
    );
  });

  it('at the ends of a file has fewer lines', () => {
    expect(frame('a: 1\n', 'a')).toBe('> 1 | a: 1\n    | ^');
    expect(frame('', '')).toBe('> 1 |\n    | ^');
    const source = sourceText('f', 'a: 1\nb: "x\n');
    expect(codeFrame(source, locationAt(source, 11))).toBe('  1 | a: 1\n  2 | b: "x\n> 3 |\n    | ^');
  });

  it('marks a place of several lines only on its first', () => {
    expect(frame('a:\n  b: 1\n  c: 2\n', 'b: 1\n  c: 2')).toBe(
      '  1 | a:\n> 2 |   b: 1\n    |   ^^^^\n  3 |   c: 2',
    );
  });

  it('counts wide characters as two columns and combining marks as none', () => {
    expect(frame('名前: x\n', 'x')).toBe('> 1 | 名前: x\n    |       ^');
    expect(frame('🙂e\u0301: 名\n', '名')).toBe('> 1 | 🙂e\u0301: 名\n    |      ^^');
  });

  it('escapes control characters and characters that change the direction of writing', () => {
    expect(frame('a: "\u001b[31m\u202e" # b\n', 'b')).toBe(
      `> 1 | a: "\\x1b[31m\\u202e" # b\n    | ${' '.repeat(22)}^`,
    );
    expect(frame('a:\tb\n', 'b')).toBe('> 1 | a:\\tb\n    |     ^');
  });

  it('cuts long lines around the place', () => {
    const [, line = '', carets = ''] =
      /^> 1 \| (.*)\n {4}\| (.*)$/.exec(frame(`${'x'.repeat(5000)} here ${'y'.repeat(5000)}`, 'here')) ?? [];
    expect(line.length).toBeLessThanOrEqual(101);
    expect(line).toMatch(/^…x+ here y+…$/);
    expect(line.slice(carets.indexOf('^'), carets.length)).toBe('here');
    expect(carets.trim()).toBe('^^^^');
    const [, whole = '', all = ''] =
      /^> 1 \| (.*)\n {4}\| (.*)$/.exec(frame(`a: ${'z'.repeat(5000)}`, 'z'.repeat(5000))) ?? [];
    expect(whole).toMatch(/^a: z+…$/);
    expect(all).toMatch(/^ {3}\^+$/);
    expect(all.length).toBeLessThanOrEqual(100);
  });

  it('reads CR LF as one line break', () => {
    expect(frame('a: 1\r\nb: 2\r\n', 'b')).toBe('  1 | a: 1\n> 2 | b: 2\n    | ^');
  });
});
