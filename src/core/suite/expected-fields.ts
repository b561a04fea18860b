import type { Outcome } from '../semantics/outcome.ts';
import type { ExpectedOutcome } from '../spec/types.gen.ts';

/** An expectation by its fields; absent fields may be anything. */
export type Expected = Exclude<ExpectedOutcome, string | number>;

/** Fields that only a forwarded request has. */
const forwardedFields = [
  'backends',
  'refusedShare',
  'port',
  'timeout',
  'tries',
  'perTryTimeout',
  'retryOn',
  'mirrors',
  'rewritten',
  'requestHeaders',
  'fault',
  'rateLimited',
] as const satisfies readonly (keyof Expected)[];

/** Returns an expectation with fields: a word is the outcome, a number the status. */
export function expectedFields(written: ExpectedOutcome): Expected {
  if (typeof written === 'number') return { status: written };
  if (typeof written === 'string') return { outcome: written as Outcome['outcome'] };
  return written;
}

/** Returns the outcome that an expectation names or implies; undefined if several outcomes fit. */
export function expectedWord(expected: Expected): Outcome['outcome'] | undefined {
  if (expected.outcome !== undefined) return expected.outcome;
  if (expected.location !== undefined) return 'redirected';
  if (expected.body !== undefined) return 'responded';
  return forwardedFields.some((field) => expected[field] !== undefined) ? 'forwarded' : undefined;
}

/** Returns the reason why no outcome has these fields; undefined if one can have them. */
export function contradiction(expected: Expected): string | undefined {
  const word = expectedWord(expected);
  const given = (fields: readonly (keyof Expected)[]): string | undefined =>
    fields.find((field) => expected[field] !== undefined);
  if (word === undefined) return undefined;
  const wrong =
    word === 'forwarded'
      ? given(['status', 'location', 'body'])
      : (given(forwardedFields) ??
        given(word === 'redirected' ? ['body'] : word === 'responded' ? ['location'] : ['body', 'location']));
  return wrong === undefined ? undefined : `a request that is ${word} has no ${wrong}`;
}
