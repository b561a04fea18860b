import { joinedHeaders } from '../ir/joined-headers.ts';
import type { Budget } from './budget.ts';
import type { Test } from './condition.ts';
import type { ValueMemory } from './value-memory.ts';
import { addressValues } from './values/address-values.ts';
import { methodValues } from './values/method-values.ts';
import { pathValues } from './values/path-values.ts';
import { textValues } from './values/text-values.ts';
import { claimValues, tokenValues } from './values/token-values.ts';
import type { Value, Variable } from './values.ts';

/** Returns the variables that tests ask for, in the order in which diagrams ask them. */
export function variablesOf(
  tests: readonly Test[],
  budget: Budget,
  memory: ValueMemory,
): readonly Variable[] {
  const groups = new Map<string, Test[]>();
  for (const test of tests) {
    const name = variableName(test);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [test]);
    else group.push(test);
  }
  return [...groups]
    .map(([name, own]) => ({
      name,
      tests: own,
      lists: memory.values(own, budget, name, () => valuesOf(own, name, budget)),
    }))
    .sort((one, other) => place(one) - place(other) || (one.name < other.name ? -1 : 1))
    .flatMap(({ name, tests: own, lists }) =>
      lists.map((values) => ({ name, tests: own, values, ...(lists.length > 1 && { isMember: true }) })),
    );
}

/** Returns the name of the variable that a test asks. */
function variableName(test: Test): string {
  switch (test.of) {
    case 'header':
      return `the header ${test.name}`;
    case 'cookie':
      return `the cookie ${test.name}`;
    case 'query':
      return `the query parameter ${test.name}`;
    case 'claim':
      return `the claim ${test.path.join('.')}`;
    case 'unsafe':
    case 'path':
      return 'the path';
    case 'address':
    case 'address-known':
      return 'the address';
    case 'method':
    case 'token':
    case 'https':
      return `the ${test.of}`;
  }
}

const order: readonly Test['of'][] = [
  'token',
  'claim',
  'method',
  'https',
  'address-known',
  'address',
  'header',
  'cookie',
  'query',
  'unsafe',
  'path',
];

interface Asked {
  readonly tests: readonly Test[];
  readonly lists: readonly (readonly Value[])[];
}

/**
 * Returns the place of a variable in the order. Members come last: a path mostly tells which of many texts matter, and
 * before the path all of them do.
 */
function place({ tests, lists }: Asked): number {
  return lists.length > 1 ? order.length + rank(tests) : rank(tests);
}

function rank(tests: readonly Test[]): number {
  return Math.min(...tests.map((test) => order.indexOf(test.of)));
}

/** Returns the values of a variable, or those of several variables that ask for a text each. */
function valuesOf(tests: readonly Test[], name: string, budget: Budget): readonly (readonly Value[])[] {
  const [first] = tests;
  switch (first?.of) {
    case undefined:
      return [];
    case 'token':
      return [tokenValues(tests)];
    case 'claim':
      return claimValues(tests, budget);
    case 'method':
      return [methodValues(tests)];
    case 'https':
      return [
        [false, true].map((https) => ({ answers: tests.map(() => https), part: { of: 'https', https } })),
      ];
    case 'address-known':
    case 'address':
      return [addressValues(tests)];
    case 'header':
      return textValues('header', first.name, tests, !joinedHeaders.has(first.name), budget);
    case 'cookie':
      return textValues('cookie', first.name, tests, true, budget);
    case 'query':
      return textValues('query', first.name, tests, false, budget);
    case 'unsafe':
    case 'path':
      return [pathValues(tests, name, budget)];
  }
}
