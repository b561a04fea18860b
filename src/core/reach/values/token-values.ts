import { textClaims } from '../../semantics/claims.ts';
import type { Budget } from '../budget.ts';
import type { Test } from '../condition.ts';
import { Unproved } from '../unproved.ts';
import type { Value } from '../values.ts';
import { members, unions } from './unions.ts';

/**
 * Returns the values of the token: none, an invalid one, one of each issuer that rules name, and one of an issuer that no
 * rule names.
 */
export function tokenValues(tests: readonly Test[]): readonly Value[] {
  const issuers = tests.flatMap((test) => (test.of === 'token' && test.is === 'issuer' ? [test.issuer] : []));
  const other = fresh('other', issuers);
  const plain = (['none', 'invalid'] as const).map(
    (token): Value => ({
      answers: tests.map((test) => test.of === 'token' && test.is === token),
      part: { of: 'token', token },
    }),
  );
  const valid = [...new Set([...issuers, other])].map(
    (issuer): Value => ({
      answers: tests.map((test) => test.of === 'token' && test.is === 'issuer' && test.issuer === issuer),
      part: { of: 'token', token: { issuer } },
    }),
  );
  return [...plain, ...valid];
}

/**
 * Returns the values of a claim: absent, and each combination of the texts that rules name. If these are too many, returns
 * those of a variable for each text.
 */
export function claimValues(tests: readonly Test[], budget: Budget): readonly (readonly Value[])[] {
  const lists = tests.map((test) => (test.of === 'claim' ? test.values : []));
  const [first] = tests;
  const path = first?.of === 'claim' ? first.path : [];
  if (path.join('.') === 'iss') throw new Unproved('a rule reads the claim iss');
  const named = [...new Set(lists.flat())];
  const subject = `the claim ${path.join('.')}`;
  const single = named.map((value) => ({
    accepted: lists.map((list) => list.includes(value)),
    shortest: value,
  }));
  const absent: Value = { answers: lists.map(() => false), part: { of: 'claim', path, values: [] } };
  const isText = path.length === 1 && textClaims.has(path[0]);
  const together = isText
    ? single.map(({ accepted, shortest }) => ({ accepted, texts: [shortest] }))
    : unions(single, subject, budget);
  if (together === undefined) return members(single, (values) => ({ of: 'claim', path, values }));
  const combined = together.map(
    ({ accepted, texts }): Value => ({
      answers: accepted,
      part: { of: 'claim', path, values: texts },
    }),
  );
  return [[absent, ...combined.filter(({ answers }) => answers.includes(true))]];
}

function fresh(name: string, taken: readonly string[]): string {
  return taken.includes(name) ? fresh(`${name}x`, taken) : name;
}
