import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test, vi } from 'vitest';
import { compilePattern, largestProgram } from '../../../src/core/lib/compile-pattern.ts';
import { programSize } from '../../../src/core/lib/program-size.ts';

/** Sizes in the messages with which Envoy 1.40.0 refuses an expression (`re2.max_program_size.error_level: 0`). */
const sizesInEnvoy: Readonly<Record<string, number>> = {
  a: 5,
  'a*': 5,
  'a+': 6,
  'a?': 6,
  '(a)': 7,
  'abc|xyz': 10,
  '[^/]*': 6,
  '😀': 8,
  '[日本]': 9,
  '\\W': 9,
  '\\PS': 20,
  '(?i)\\pP': 19,
  '(?i)[^acegikmoqsuwy]': 19,
  '(a*)*': 11,
  '(|a)*': 12,
  '(a?)*': 12,
  'a{2,10}': 22,
  '(a){0,10}': 44,
  'x{0,1000}': 2004,
  '(.{0,1000})': 3006,
  '(a{31}){32}': 1060,
  '(?:(a|b*)*){10}': 104,
  '(?:(?:^)*x){10}': 64,
  '\\Qa+b\\E+': 8,
  '\\PL{10}': 84,
  '(()){10}': 44,
  '[]a]{10}': 24,
};

describe('the bound of a program', () => {
  test.each(Object.entries(sizesInEnvoy))('%s is at least the size in RE2', (pattern, size) => {
    const bound = programSize(pattern);
    expect(bound).toBeGreaterThanOrEqual(size);
    expect(bound).toBeLessThanOrEqual(size * 3);
  });

  test('nested repetitions multiply, whatever is between them', () => {
    for (const pattern of [
      '((a{1000}){1000})',
      '(?:(?:x?){1000}|y){1000}',
      'a{1000}{1000}',
      '(?i:(a{0,1000}b){1000,})',
    ])
      expect(programSize(pattern), pattern).toBeGreaterThanOrEqual(1_000_000);
  });

  test('quoted text, sets, and braces without a count are not operators', () => {
    expect(programSize('\\Q(((a{1000}\\E')).toBeLessThan(20);
    expect(programSize('[(a{1000}]')).toBeLessThan(20);
    expect(programSize('a{,1000}')).toBeLessThan(20);
    expect(programSize('\\(a\\{1000}')).toBeLessThan(20);
  });

  test('of a valid expression is no less than the size of its program in RE2JS', () => {
    const piece = fc.constantFrom(
      ...'abé日.*+?|()[]^$\\'.split(''),
      '{2}',
      '{0,3}',
      '{2,}',
      '(?:',
      '[^',
      '\\d',
      '(?i)',
      '\\pL',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        (pattern) => {
          let compiled: RE2JS;
          try {
            compiled = RE2JS.compile(pattern);
          } catch {
            return;
          }
          // In RE2JS a set or a character of several bytes is one instruction, so its program is never the larger one.
          expect(programSize(pattern)).toBeGreaterThanOrEqual(compiled.programSize());
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('compiling', () => {
  const attacks = [
    '(.{0,1000})'.repeat(300),
    '((a{1000}){1000})',
    '[\\pL\\pN]{900}'.repeat(40),
    `(?:${'ab?|'.repeat(900)}c){900}`,
    '(?:x?){1000}'.repeat(100),
  ];

  test.each(attacks)('%.30s… is refused before RE2JS sees it', (pattern) => {
    const compile = vi.spyOn(RE2JS, 'compile');
    expect(() => compilePattern(pattern)).toThrow('instructions are too many');
    expect(compile).not.toHaveBeenCalled();
    compile.mockRestore();
  });

  test('the program of a compiled pattern does not exceed the limit', () => {
    const widest = 'a{1000}'.repeat(32) + 'a{762}';
    expect(programSize(widest)).toBe(largestProgram);
    expect(compilePattern(widest).programSize()).toBeLessThanOrEqual(largestProgram);
    expect(() => compilePattern(`${widest}a`)).toThrow();
  });

  test('the longest pattern that consists only of open groups is refused with a message', () => {
    const nested = `${'('.repeat(2047)}a${')'.repeat(2047)}`;
    expect(() => compilePattern(nested)).toThrow('nests too deeply');
    expect(compilePattern(`${'('.repeat(900)}a${')'.repeat(900)}`).matches('a')).toBe(true);
  });
});
