import { describe, expect, test } from 'vitest';
import type { PathMatch } from '../../../../src/core/ir/match.ts';
import { accessPattern } from '../../../../src/core/targets/smi-objects/path-pattern.ts';

/** Returns true if a mesh that compares the path as sent admits it, even by a part of the path. */
function admits(match: PathMatch, path: string): boolean {
  const pattern = accessPattern(match);
  return pattern !== undefined && new RegExp(pattern).test(path);
}

describe('a pattern of access', () => {
  test.each([
    ['exact', '/ok', '/ok', true],
    ['exact', '/ok', '/okay', false],
    ['exact', '/ok', '/x/ok', false],
    ['exact', '/a.b', '/axb', false],
    ['prefix', '/ok', '/ok', true],
    ['prefix', '/ok', '/ok/', true],
    ['prefix', '/ok', '/ok/a.b/..c', true],
    ['prefix', '/ok', '/okay', false],
    ['prefix', '', '/anything', true],
    ['startsWith', '/ok', '/okay/a', true],
    ['startsWith', '/ok/', '/ok/', true],
    ['startsWith', '/ok/', '/ok/a', true],
    ['regex', '/v[0-9]+/list', '/v12/list', true],
    ['regex', '/v[0-9]+/list', '/v12/lists', false],
    ['regex', '/(buy|sell)', '/buy', true],
    ['regex', '/(buy|sell)', '/buyer', false],
  ] as const)('of %s %s on %s: %s', (type, value, path, admitted) => {
    expect(admits({ type, value }, path)).toBe(admitted);
  });

  // A server that normalises paths would read each of these as a path outside of the condition.
  test.each([
    '/ok/../secret',
    '/ok/..',
    '/ok/./../secret',
    '/ok//../secret',
    '/ok/%2e%2e/secret',
    '/ok/..%2fsecret',
    '/ok/..\\secret',
    '/ok/a/../../secret',
    '/ok/..;x/secret',
    '/ok/.;/../secret',
  ])('does not admit %s', (path) => {
    for (const match of [
      { type: 'prefix', value: '/ok' },
      { type: 'prefix', value: '' },
      { type: 'startsWith', value: '/ok' },
      { type: 'startsWith', value: '/ok/' },
      { type: 'startsWith', value: '/o' },
    ] as const)
      expect(admits(match, path), JSON.stringify(match)).toBe(false);
  });

  test.each(['/ok/.*', '/a.*', '/ok/[^/]+', '/ok(/.*)?', '/a?/b', '/(a|/)b', '/a|/b', '/ok/\\.+/x', '.*'])(
    'is not written for the regular expression %s, which may cross path elements',
    (value) => {
      expect(accessPattern({ type: 'regex', value })).toBeUndefined();
    },
  );

  // An import reads the patterns that this target writes as regular expressions, since they take fewer paths than a prefix.
  test.each([
    ['prefix', '/ok'],
    ['prefix', ''],
    ['prefix', '/a.b'],
    ['startsWith', '/ok'],
    ['startsWith', '/ok/'],
  ] as const)('of %s %s is written again for the regular expression that it is', (type, value) => {
    const pattern = accessPattern({ type, value }) ?? '';
    expect(accessPattern({ type: 'regex', value: pattern.slice(1, -1) })).toBe(pattern);
  });

  test.each([
    String.raw`/ok/\.\.(/\.*[^./%;\][^/%\]*)*/?`,
    String.raw`/ok(/\.*[^./%;\][^/%]*)*/?`,
    String.raw`/ok(/\.*[^./%\][^/%\]*)*/?`,
    String.raw`/o.(/\.*[^./%;\][^/%\]*)*/?`,
    String.raw`/ok/\.[^/%\]*(/\.*[^./%;\][^/%\]*)*/?`,
    String.raw`/ok|/x(/\.*[^./%;\][^/%\]*)*/?`,
  ])('is not written for %s, which is nearly one of its own', (value) => {
    expect(accessPattern({ type: 'regex', value })).toBeUndefined();
  });

  test('is not written for first characters that dots could complete to a dot segment', () => {
    expect(accessPattern({ type: 'startsWith', value: '/ok/.' })).toBeUndefined();
  });
});
