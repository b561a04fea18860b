import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PathMatch } from '../../../../src/core/ir/match.ts';
import { pathMatches } from '../../../../src/core/ir/string-match.ts';
import { programSize } from '../../../../src/core/lib/program-size.ts';
import { methodPatterns } from '../../../../src/core/targets/cilium/access/methods.ts';
import { pathPatterns } from '../../../../src/core/targets/cilium/access/path-pattern.ts';

function takes(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => new RegExp(`^(?:${pattern})$`).test(path));
}

const elements = fc.constantFrom('a', 'ab', 'b', 'a.b', '-', 'a+b', '[', '..a');
const paths = fc
  .tuple(fc.array(elements, { maxLength: 3 }), fc.boolean())
  .map(([all, slash]) => `/${all.join('/')}${slash && all.length > 0 ? '/' : ''}`);
const conditions: fc.Arbitrary<PathMatch> = fc
  .tuple(fc.constantFrom('exact', 'prefix', 'startsWith'), paths)
  .map(([type, value]) => ({
    type,
    value: type === 'prefix' ? value.replace(/\/$/, '') : value,
  }));

describe('patterns of paths', () => {
  test('take the paths of a condition that no other condition takes, with any query', () => {
    fc.assert(
      fc.property(
        fc.option(conditions, { nil: undefined }),
        fc.array(conditions, { maxLength: 3 }),
        fc.array(paths, { minLength: 8, maxLength: 8 }),
        fc.constantFrom('', '?', '?a=/ab/b', '?;'),
        (of, but, asked, query) => {
          const patterns = pathPatterns({ of, but });
          if (patterns === 'unsayable') throw new Error('a pattern of literal paths is small');
          for (const path of asked) {
            const expected =
              (of === undefined || pathMatches(of, path)) && !but.some((one) => pathMatches(one, path));
            const found = patterns === 'every' || takes(patterns, `${path}${query}`);
            expect(found, `${path}${query} ${JSON.stringify({ of, but, patterns })}`).toBe(expected);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('take no query for a part of the path, whatever the wildcard of an expression', () => {
    for (const value of ['/a.*b', '/a[^x]*b', '/(?:a|c).+b']) {
      const patterns = pathPatterns({ of: { type: 'regex', value }, but: [] });
      expect(patterns).not.toBe('unsayable');
      expect(takes(patterns as readonly string[], '/a-b')).toBe(true);
      expect(takes(patterns as readonly string[], '/a-b?x')).toBe(true);
      expect(takes(patterns as readonly string[], '/a?b')).toBe(false);
      expect(takes(patterns as readonly string[], '/c?x=b')).toBe(false);
    }
  });

  test('take no dot segment with parameters, which servers resolve', () => {
    for (const of of [
      { type: 'prefix', value: '/open' },
      { type: 'startsWith', value: '/open/' },
      { type: 'regex', value: '/open/.*' },
      { type: 'regex', value: '/open/[^x]*' },
    ] as const)
      expect(takes(pathPatterns({ of, but: [] }) as readonly string[], '/open/..;x/closed')).toBe(false);
  });

  test.each(['/a(?i)b', '/a\\b', '/a\\?b', '/[[:alpha:]]', '/a;b', '/^a', '/\\D', '/[a-z;]'])(
    'leave out an expression with parts that can not be kept from the query: %s',
    (value) => {
      expect(pathPatterns({ of: { type: 'regex', value }, but: [] })).toBe('unsayable');
    },
  );

  test('are no larger than Envoy takes by default', () => {
    const name = 'a'.repeat(40);
    const patterns = pathPatterns({
      of: { type: 'prefix', value: '/api' },
      but: [{ type: 'prefix', value: `/api/${name}` }],
    });
    expect(patterns.length).toBeGreaterThan(40);
    for (const pattern of patterns) expect(programSize(pattern)).toBeLessThanOrEqual(100);
    expect(pathPatterns({ of: { type: 'prefix', value: `/${name.repeat(3)}` }, but: [] })).toBe('unsayable');
  });
});

test('patterns of methods take all methods but those that are left out', () => {
  const all = ['GET', 'HEAD', 'POST', 'PUT', 'P', 'PO', 'POSTS', 'PURGE', 'G', 'get', 'DELETE', 'DEL-ETE'];
  for (const names of [['POST'], ['DELETE'], ['P', 'PUT'], ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']]) {
    const patterns = methodPatterns({ but: true, names }) ?? [];
    for (const method of all) expect(takes(patterns, method), method).toBe(!names.includes(method));
    for (const pattern of patterns) expect(programSize(pattern)).toBeLessThanOrEqual(100);
  }
  expect(methodPatterns({ but: true, names: [] })).toBeUndefined();
});
