import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverTogether } from '../../src/core/analyze/joint-cover.ts';
import type { HeaderMatch, PathMatch, RouteMatch, StringMatch } from '../../src/core/ir/match.ts';
import { arrive } from '../../src/core/semantics/arrival.ts';
import { routeMatches } from '../../src/core/semantics/match.ts';
import { header, match, spiffe } from '../core/semantics/mesh.ts';

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const paths: fc.Arbitrary<PathMatch> = fc.constantFrom(
  { type: 'exact', value: '/a' },
  { type: 'exact', value: '/a/b' },
  { type: 'prefix', value: '/a' },
  { type: 'prefix', value: '' },
  { type: 'startsWith', value: '/a' },
  { type: 'regex', value: '/a/.*' },
  { type: 'regex', value: '/a.+' },
  { type: 'regex', value: '/[^a].*|/' },
);
const texts: fc.Arbitrary<StringMatch> = fc.constantFrom(
  { type: 'exact', value: 'x' },
  { type: 'prefix', value: 'x' },
  { type: 'regex', value: 'x+' },
  { type: 'present', value: true },
  { type: 'present', value: false },
);
const headers: fc.Arbitrary<HeaderMatch> = fc
  .tuple(fc.constantFrom('k', 'l'), texts, fc.boolean())
  .map(([name, text, negated]) => header(name, text, negated));
const callers = ['shop/web', 'shop/other'];
const matches: fc.Arbitrary<RouteMatch> = fc
  .record({
    path: optional(paths),
    methods: optional(fc.subarray(['GET', 'PUT', 'POST'], { minLength: 1 })),
    headers: fc.array(headers, { maxLength: 1 }),
    from: optional(fc.constantFrom(...callers.map((id) => [spiffe(id)]))),
    port: optional(fc.constantFrom(80, 81)),
  })
  .map(({ path, methods, from, port, ...rest }) =>
    match({
      ...rest,
      ...(path && { path }),
      ...(methods && { methods }),
      ...(from && { from }),
      ...(port !== undefined && { port }),
    }),
  );

/** Requests of each kind that the matches above can tell apart. */
const requests = callers.flatMap((caller) =>
  [80, 81].flatMap((number) =>
    ['GET', 'PUT', 'POST', 'HEAD'].flatMap((method) =>
      ['/', '/a', '/a/', '/a/b', '/ab', '/b/a'].flatMap((path) =>
        [undefined, 'x', 'xx', 'xy', 'z'].map((value) => {
          const { id } = spiffe(caller);
          return arrive(
            {
              from: { type: 'spiffe', id },
              to: { type: 'service', id: 'shop/reviews' },
              method,
              path,
              headers: value === undefined ? [] : [{ name: 'k', value }],
            },
            { port: { name: 'http', number, http: true }, scheme: 'http', path, host: '', identity: id },
          );
        }),
      ),
    ),
  ),
);

test('matches that cover another one together take each of its requests', () => {
  let covered = 0;
  fc.assert(
    fc.property(fc.array(matches, { minLength: 1, maxLength: 5 }), matches, (earlier, narrow) => {
      if (coverTogether(earlier, narrow) === undefined) return;
      covered += 1;
      const left = requests.filter(
        (request) => routeMatches(narrow, request) && !earlier.some((wide) => routeMatches(wide, request)),
      );
      expect(left).toEqual([]);
    }),
    { numRuns: 3000, seed: 7 },
  );
  expect(covered).toBeGreaterThan(100);
});
