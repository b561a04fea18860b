import { describe, expect, test } from 'vitest';
import type { Code, Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { locationAt, sourceText } from '../../../src/core/source/span.ts';
import { fingerprints } from '../../../src/ui/findings/fingerprints.ts';

const route = `kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
    - {name: one, timeout: 1s}
    - {name: two, timeout: 2s}
`;

/** Returns the finding at the first place of `word` in a text, with its fingerprint. */
function found(text: string, word: string, code: Code = 'MESH2210', file = 'a.yaml') {
  const source = sourceText(file, text);
  const start = text.indexOf(word);
  const location = locationAt(source, start, start + word.length);
  const diagnostic: Diagnostic = { code, severity: 'error', message: '', location, related: [] };
  const [one] = fingerprints([diagnostic], [source]);
  return { diagnostic, source, identity: one!.identity, fingerprint: one!.fingerprint };
}

describe('fingerprints', () => {
  test('name the object and field of a place; items of lists by name', () => {
    expect(found(route, '2s').identity).toEqual({
      object: 'Route shop/reviews',
      path: ['spec', 'rules', 'two', 'timeout'],
    });
    expect(found(route, 'service').identity.path).toEqual(['spec', 'service']);
    expect(found(route, 'kind').identity.path).toEqual(['kind']);
  });

  test('stay the same when lines are written above, items before, or the object moves', () => {
    const { fingerprint } = found(route, '2s');
    expect(found(`# a comment\n\n${route}`, '2s').fingerprint).toBe(fingerprint);
    expect(found(route.replace('rules:', 'rules:\n    - {name: zero}'), '2s').fingerprint).toBe(fingerprint);
    expect(found(`kind: Mesh\nmetadata: {name: m}\n---\n${route}`, '2s').fingerprint).toBe(fingerprint);
    expect(found(route, '2s', 'MESH2210', 'elsewhere/b.yaml').fingerprint).toBe(fingerprint);
  });

  test('differ by code, object and field', () => {
    const all = [
      found(route, '2s'),
      found(route, '1s'),
      found(route, '2s', 'MESH2212'),
      found(route.replace('reviews, n', 'ratings, n'), '2s'),
      found(route.replace('kind: Route', 'kind: Access'), '2s'),
      found(route.replace('namespace: shop', 'namespace: stage'), '2s'),
    ];
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
  });

  test('number findings that are alike in all three', () => {
    const { diagnostic, source } = found(route, '2s');
    const twice = fingerprints([diagnostic, diagnostic], [source]).map(({ fingerprint }) => fingerprint);
    expect(twice[0]).toMatch(/^[\da-f]{32}:1$/);
    expect(twice[1]).toBe(twice[0]!.replace(/1$/, '2'));
  });

  test('use the file if the text can not be read', () => {
    const broken = 'kind: [';
    expect(found(broken, '[').identity).toEqual({ path: [] });
    expect(found(broken, '[').fingerprint).not.toBe(found(broken, '[', 'MESH2210', 'b.yaml').fingerprint);
  });
});
