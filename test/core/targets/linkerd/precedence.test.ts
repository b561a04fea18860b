import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PathMatch } from '../../../../src/core/ir/match.ts';
import { pathMatches } from '../../../../src/core/ir/string-match.ts';
import { compilePattern } from '../../../../src/core/lib/compile-pattern.ts';
import type { Alternative, Condition } from '../../../../src/core/targets/gateway-api-objects/alternative.ts';
import { arrange } from '../../../../src/core/targets/gateway-api-objects/arrange.ts';
import { httpMatch } from '../../../../src/core/targets/gateway-api-objects/http-rules.ts';
import { mayPrecede } from '../../../../src/core/targets/gateway-api-objects/linkerd-precedence.ts';
import { type ProxyRequest, pick } from './model/routes.ts';

const path = fc.constantFrom<PathMatch>(
  { type: 'prefix', value: '' },
  { type: 'prefix', value: '/a' },
  { type: 'prefix', value: '/a/b' },
  { type: 'exact', value: '/a' },
  { type: 'exact', value: '/a/b' },
  { type: 'exact', value: '/' },
  { type: 'startsWith', value: '/a' },
  { type: 'startsWith', value: '/a/b' },
  { type: 'regex', value: '/[a-c]' },
);
const header = fc.constantFrom<Condition>(
  { name: 'x', type: 'Exact', value: '1' },
  { name: 'y', type: 'Exact', value: '2' },
  { name: 'y', type: 'RegularExpression', value: '.*' },
);
const alternative: fc.Arbitrary<Alternative> = fc
  .record({
    path,
    method: fc.option(fc.constantFrom('GET', 'POST'), { nil: undefined }),
    headers: fc.uniqueArray(header, { selector: ({ name }) => name, maxLength: 2 }),
  })
  .map(({ method, headers, ...rest }) => ({
    ...rest,
    ...(method !== undefined && { method }),
    headers: headers.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    query: [],
  }));
const rules = fc.array(fc.array(alternative, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 });
const request: fc.Arbitrary<ProxyRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  path: fc.constantFrom('/', '/a', '/a/', '/b', '/ab', '/a/b', '/a/b/c', '/a/bc', '/c'),
  query: fc.constant(undefined),
  host: fc.constant('h'),
  sni: fc.constant(undefined),
  headers: fc.subarray([
    { name: 'x', value: '1' },
    { name: 'y', value: '2' },
  ]),
});

/** Returns true if an alternative takes a request, by the words of the language. */
function takes({ path: asked, method, headers }: Alternative, own: ProxyRequest): boolean {
  return (
    pathMatches(asked, own.path) &&
    (method === undefined || method === own.method) &&
    headers.every(({ name, type, value }) =>
      own.headers.some(
        (sent) =>
          sent.name === name &&
          (type === 'Exact' ? sent.value === value : compilePattern(value).testExact(sent.value)),
      ),
    )
  );
}

test('Linkerd takes the first rule that matches, unless the target says that it may take a later one', () => {
  let kept = 0;
  fc.assert(
    fc.property(rules, request, (all, own) => {
      const arranged = arrange(all, mayPrecede);
      const first = all.findIndex((rule) => rule.some((one) => takes(one, own)));
      const route = {
        kind: 'HTTPRoute',
        metadata: { name: 'r', namespace: 'n' },
        spec: {
          rules: arranged.map(({ alternatives }, index) => ({
            name: String(index),
            matches: alternatives.map(httpMatch),
          })),
        },
      };
      // A rule whose matches are all those of earlier ones is left out.
      const some = {
        ...route,
        spec: { rules: route.spec.rules.filter(({ matches }) => matches.length > 0) },
      };
      const picked = pick([some], own)?.rule as { readonly name: string } | undefined;
      // An earlier rule that is not kept may lose the request to any later one.
      if (first >= 0 && arranged.slice(0, first + 1).every(({ isKept }) => isKept)) {
        kept += 1;
        expect(picked?.name, JSON.stringify({ all, own })).toBe(String(first));
      }
      if (first < 0) expect(picked).toBeUndefined();
    }),
    { numRuns: 5000 },
  );
  // About 1,050 of 5,000.
  expect(kept).toBeGreaterThan(800);
});
