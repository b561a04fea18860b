import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from '../../../../src/core/lib/compile-pattern.ts';
import { normalisePath } from '../../../../src/core/semantics/normalise-path.ts';
import { oddPath } from '../../../../src/core/targets/linkerd/inbound/odd-paths.ts';

const pattern = compilePattern(oddPath);

// A route with this pattern refuses what other routes would judge by another spelling than the language does.
test('the pattern takes every path that the language refuses or spells otherwise', () => {
  const piece = fc.constantFrom(
    ...['a', 'Z', '9', '-', '.', '..', '...', '_', '~', '/', '//', '\\', ';', ';x', '%', '%2', '%41', '%2e'],
    ...[
      '%2F',
      '%5c',
      '%00',
      '%20',
      '%zz',
      '%25',
      '%7E',
      '%7a',
      '%5F',
      '|',
      '{',
      '^',
      '"',
      '<',
      '`',
      '=',
      '@',
      '%C3%A9',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = `/${pieces.join('')}`;
      const isOdd = normalisePath(path) !== path;
      expect(!isOdd || pattern.testExact(path), path).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});

test.each(['/', '/a', '/a/b.c', '/a%20b', '/.well-known/x', '/a/...', '/a;x/b', '/a%C3%A9', '/x=1,2@3'])(
  'the pattern leaves %s alone',
  (path) => {
    expect(normalisePath(path)).toBe(path);
    expect(pattern.testExact(path)).toBe(false);
  },
);
