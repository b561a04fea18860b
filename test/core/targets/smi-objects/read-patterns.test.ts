import { describe, expect, test } from 'vitest';
import { searchPattern } from '../../../../src/core/targets/smi-objects/read/patterns.ts';
import {
  pathMatch,
  valueMatch,
  withoutGroup,
} from '../../../../src/core/targets/smi-objects/read/plain-match.ts';
import { askedImport } from '../../import/asked-import.ts';

function native(match: string): string {
  return `
apiVersion: v1
kind: Service
metadata: {name: books, namespace: shop}
spec: {selector: {app: books}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: books, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: books}}, spec: {serviceAccountName: books}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: web}}}
---
apiVersion: specs.smi-spec.io/v1alpha3
kind: HTTPRouteGroup
metadata: {name: some, namespace: shop}
spec: {matches: [{name: some, ${match}}]}
---
apiVersion: access.smi-spec.io/v1alpha2
kind: TrafficTarget
metadata: {name: web, namespace: shop}
spec:
  destination: {kind: ServiceAccount, name: books, namespace: shop}
  rules: [{kind: HTTPRouteGroup, name: some}]
  sources: [{kind: ServiceAccount, name: web, namespace: shop}]
`;
}

async function isForwarded(
  platform: string,
  match: string,
  request: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const { outcome } = await askedImport(platform, native(match));
  return outcome({ from: 'shop/web', to: 'shop/books', ...request }) === 'forwarded';
}

// Traefik: PathPrefix(`/{path:PATTERN}`) without the first slash of the pattern, and HeadersRegexp, which searches.
describe('Traefik Mesh', () => {
  test.each([
    ['/a|/b', '/a/x', true],
    ['/a|/b', '/b', false],
    ['/a|b', '/b/x', true],
    ['api', '/api/x', true],
    ['/end$', '/end', true],
    ['/end$', '/end/x', false],
    ['^/.*$', '/a', false],
    ['/a|b$', '/a', false],
  ])('the path pattern %s and the path %s: %s', async (pattern, path, expected) => {
    expect(await isForwarded('traefik-mesh', `pathRegex: "${pattern}"`, { path })).toBe(expected);
  });

  test.each([
    ['a|b', 'xbx', true],
    ['a|b', 'c', false],
    ['^a$', 'a', true],
    ['^a$', 'ab', false],
    ['^a', 'ab', true],
    ['^a|b', 'a', false],
  ])('the header pattern %s and the value %s: %s', async (pattern, value, expected) => {
    const match = `headers: [{x-user: "${pattern}"}]`;
    expect(await isForwarded('traefik-mesh', match, { headers: { 'x-user': value } })).toBe(expected);
  });
});

// Envoy compares the whole value.
test.each([
  ['a|b', 'b', true],
  ['a|b', 'xbx', false],
  ['^a|b$', 'b', true],
])('Open Service Mesh: the header pattern %s and the value %s: %s', async (pattern, value, expected) => {
  const match = `headers: [{x-user: "${pattern}"}]`;
  expect(await isForwarded('osm', match, { headers: { 'x-user': value } })).toBe(expected);
});

test.each(['osm', 'traefik-mesh', 'smi', 'nginx-service-mesh'])(
  '%s: a method is a word, and a pattern of methods admits nothing',
  async (platform) => {
    expect(await isForwarded(platform, 'methods: [GET]', { method: 'GET' })).toBe(true);
    expect(await isForwarded(platform, 'methods: ["GET|POST"]', { method: 'GET|POST' })).toBe(false);
    expect(await isForwarded(platform, 'methods: ["GET|POST"]', { method: 'GET' })).toBe(false);
  },
);

test.each([
  ['a', '.*a.*'],
  ['^a', 'a.*'],
  ['a$', '.*a'],
  ['^a$', 'a'],
  ['a\\$', '.*a\\$.*'],
  ['a|b', '.*(?:a|b).*'],
  ['(a|b)$', '.*(a|b)'],
  ['[|]$', '.*[|]'],
  ['^a|b', undefined],
  ['a^b', undefined],
  ['\\Aa', undefined],
])('a search for %s is %s for the whole value', (written, whole) => {
  expect(searchPattern(written)).toBe(whole);
});

describe('a pattern of a whole value', () => {
  test.each([
    ['/a', { exact: '/a' }],
    [String.raw`/a\.b`, { exact: '/a.b' }],
    ['/a(/.*)?', { prefix: '/a' }],
    ['/a(?:/.*)?', { prefix: '/a' }],
    ['/a.*', { startsWith: '/a' }],
    ['/', { exact: '/' }],
  ])('of paths, %s, is %j', (pattern, match) => {
    expect(pathMatch(pattern)).toEqual(match);
  });

  // The language compares paths after normalisation, by bytes, and none of these means one text.
  test.each([
    '/a.b',
    '/a(/.*)',
    '/a(/.+)?',
    '/a/(/.*)?',
    '/a(/[^/]*)?',
    '/a.*b',
    '/a|/b',
    '/a/../b',
    '/a//b',
    '/a/\\.\\..*',
    '/é',
    String.raw`/\d`,
    '/a?',
  ])('of paths, %s, stays a pattern', (regex) => {
    expect(pathMatch(regex)).toEqual({ regex });
  });

  test.each([
    ['yes', { exact: 'yes' }],
    ['', { exact: '' }],
    ['beta.*', { prefix: 'beta' }],
    ['.*beta', { suffix: 'beta' }],
    ['.*be-ta.*', { contains: 'be-ta' }],
    ['.*', { present: true }],
    [String.raw`a\.b`, { exact: 'a.b' }],
  ])('of headers, %s, is %j', (pattern, match) => {
    expect(valueMatch(pattern)).toEqual(match);
  });

  test.each(['a.b', 'a|b', '.+', 'a .*', ' a', '.* a', '.*.*', 'é', 'a.*b', '[a]'])(
    'of headers, %s, stays a pattern',
    (regex) => {
      expect(valueMatch(regex)).toEqual({ regex });
    },
  );

  test.each([
    ['(a|b)', 'a|b'],
    ['(?:a|b)', 'a|b'],
    ['(a)(b)', '(a)(b)'],
    ['(a)|(b)', '(a)|(b)'],
    ['(a)?', '(a)?'],
    ['(?i)(a)', '(?i)(a)'],
    ['([)])', '[)]'],
    ['([]()])', '[]()]'],
    ['([[])(a])', '([[])(a])'],
    ['([[:alpha:](])([[:alpha:])]b)', '([[:alpha:](])([[:alpha:])]b)'],
    [String.raw`(\(a)`, String.raw`\(a`],
    [String.raw`(a\)`, String.raw`(a\)`],
  ])('without the group around all of it, %s, is %s', (pattern, inner) => {
    expect(withoutGroup(pattern)).toBe(inner);
  });
});
