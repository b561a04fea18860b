import { expect, test } from 'vitest';
import { askMeaning } from '../../../src/core/suite/ask-meaning.ts';
import { coverage } from '../../../src/core/suite/coverage.ts';
import { shop, suitesOf, suiteText } from './shop.ts';

function uncovered(...tests: readonly string[]): readonly string[] {
  const all = suitesOf(suiteText(...tests)).suites.flatMap((suite) => suite.tests);
  const found = coverage(
    shop,
    all.map((one) => askMeaning(one, shop).decidedBy),
  );
  expect(found.rules).toBe(6);
  return found.uncovered.map(({ file, line, what }) => `${file}:${String(line)} ${what}`);
}

const rules = [
  'access.yaml:7 access of shop/reviews: allow',
  'access.yaml:8 access of shop/reviews: allow',
  'access.yaml:9 access of shop/reviews: deny',
  'routes.yaml:7 route reviews: rule testers',
  'routes.yaml:13 route reviews: rule old',
  'routes.yaml:16 route reviews: rule everybody',
];

test('names each rule that decides no request, in order of place', () => {
  expect(uncovered('{request: {to: web}, expect: 404}')).toEqual(rules);
  expect(uncovered('{request: /, expect: forwarded}')).toEqual([rules[1], rules[2], rules[3], rules[4]]);
});

test('a rule that is listed because it does not let the caller in is not covered', () => {
  expect(uncovered('{request: {from: anonymous, path: /}, expect: 403}')).toEqual(rules);
  expect(uncovered('{request: {from: batch, method: POST}, expect: 403}')).toEqual(
    rules.filter((_rule, i) => i !== 5),
  );
});

test('tests that decide by every rule leave none', () => {
  expect(
    uncovered(
      '{request: /, expect: forwarded}',
      '{request: {from: batch}, expect: forwarded}',
      '{request: /admin, expect: 403}',
      '{request: {headers: {x-user: tester}}, expect: forwarded}',
      '{request: /old, expect: redirected}',
    ),
  ).toEqual([]);
});
