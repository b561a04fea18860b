import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PathMatch } from '../../../../src/core/ir/match.ts';
import { pathMatches } from '../../../../src/core/ir/string-match.ts';
import type { Alternative, Condition } from '../../../../src/core/targets/gateway-api-objects/alternative.ts';
import { arrange } from '../../../../src/core/targets/gateway-api-objects/arrange.ts';

interface Asked {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

const conditions = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('a', 'b'),
      type: fc.constantFrom('Exact', 'RegularExpression'),
      value: fc.constantFrom('1', '2'),
    }),
    { selector: ({ name }) => name, maxLength: 2 },
  )
  .map((list) => list.toSorted((one, other) => (one.name < other.name ? -1 : 1)) as readonly Condition[]);

const path: fc.Arbitrary<PathMatch> = fc.oneof(
  fc.record({
    type: fc.constantFrom('exact' as const, 'prefix' as const, 'startsWith' as const),
    value: fc.constantFrom('/x', '/x/y', '/xy', '/x/y/z'),
  }),
  fc.constant({ type: 'prefix' as const, value: '' }),
  fc.constant({ type: 'regex' as const, value: '/x.*' }),
);

const alternative: fc.Arbitrary<Alternative> = fc
  .record({ path, method: fc.option(fc.constantFrom('GET', 'PUT')), headers: conditions, query: conditions })
  .map(({ method, ...rest }) => ({ ...rest, ...(method !== null && { method }) }));

const values = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'));
const asked: fc.Arbitrary<Asked> = fc.record({
  path: fc.constantFrom('/', '/x', '/x/y', '/xy', '/xyz', '/x/y/z', '/x/q'),
  method: fc.constantFrom('GET', 'PUT', 'POST'),
  headers: values,
  query: values,
});

function takes({ path: match, method, headers, query }: Alternative, request: Asked): boolean {
  const hold = (list: readonly Condition[], given: Readonly<Record<string, string>>): boolean =>
    list.every(({ name, value }) => given[name] === value);
  return (
    pathMatches(match, request.path) &&
    (method === undefined || method === request.method) &&
    hold(headers, request.headers) &&
    hold(query, request.query)
  );
}

/** Returns the place of an alternative by the words of HTTPRouteRule: what is greater comes first. */
function place({ path: { type, value }, method, headers, query }: Alternative): readonly number[] {
  const length = type === 'startsWith' ? value.length + 2 : value === '' ? 1 : value.length;
  return [
    type === 'exact' ? 1_000_000 : type === 'prefix' ? 1000 + length : length,
    method === undefined ? 0 : 1,
    headers.length,
    query.length,
  ];
}

/** Returns the rule that the Gateway API takes for a request: of the most specific matches the first. */
function chosen(rules: readonly (readonly Alternative[])[], request: Asked): number {
  const fitting = rules.flatMap((own, rule) =>
    own.filter((one) => takes(one, request)).map((one) => ({ rule, place: place(one) })),
  );
  const isBefore = (one: readonly number[], other: readonly number[]): boolean => {
    const at = one.findIndex((value, index) => value !== other[index]);
    return at >= 0 && one[at]! > other[at]!;
  };
  const best = fitting.reduce<(typeof fitting)[number] | undefined>(
    (found, next) => (found === undefined || isBefore(next.place, found.place) ? next : found),
    undefined,
  );
  return best?.rule ?? -1;
}

describe('arrange', () => {
  test('the Gateway API takes the first rule of the document, where no rule says that it lost its place', () => {
    let kept = 0;
    fc.assert(
      fc.property(
        fc.array(fc.array(alternative, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 4 }),
        fc.array(asked, { minLength: 20, maxLength: 20 }),
        (rules, requests) => {
          const arranged = arrange(rules);
          for (const request of requests) {
            const first = rules.findIndex((own) => own.some((one) => takes(one, request)));
            const got = chosen(
              arranged.map(({ alternatives }) => alternatives),
              request,
            );
            if (first < 0) expect(got).toBe(-1);
            else if (got !== first) expect(arranged[first]?.isKept).toBe(false);
            else kept += 1;
          }
        },
      ),
      { numRuns: 2000 },
    );
    expect(kept).toBeGreaterThan(1000);
  });

  test('keeps every place among exact paths, prefixes, methods, headers and parameters by value', () => {
    const plain = alternative.filter(
      ({ path: { type }, headers, query }) =>
        (type === 'exact' || type === 'prefix') &&
        [...headers, ...query].every((condition) => condition.type === 'Exact'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(plain, { minLength: 1, maxLength: 2 }), { maxLength: 4 }), (rules) => {
        expect(arrange(rules).filter(({ isKept }) => !isKept)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('adds nothing where the rules come in the order of the API', () => {
    const rules = [[{ type: 'exact', value: '/x' }], [{ type: 'prefix', value: '/x' }]].map((paths) =>
      paths.map((own) => ({ path: own as PathMatch, headers: [], query: [] })),
    );
    expect(arrange(rules).map(({ alternatives }) => alternatives)).toEqual(rules);
  });
});
