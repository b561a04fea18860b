import type { StringMatch } from '../ir/match.ts';
import type { Test } from './condition.ts';
import type { Part, Variable } from './values.ts';

/**
 * Some values of a variable in the words of the rules: all that are listed, or with `not` all of `in` (of all values, if
 * absent) but those.
 */
export type Described =
  | readonly string[]
  | { readonly in?: readonly string[]; readonly not: readonly string[] };

/**
 * Returns values of a variable as conditions of the rules; undefined if they are all values. Values that no condition
 * or its opposite covers are given by their shortest examples.
 */
export function describe(variable: Variable, chosen: ReadonlySet<number>): Described | undefined {
  const usable = variable.values.flatMap(({ isUnsafe }, index) => (isUnsafe === true ? [] : [index]));
  if (usable.every((index) => chosen.has(index))) return undefined;
  const rest = new Set(usable.filter((index) => !chosen.has(index)));
  const within = covered(variable, chosen);
  if (within !== undefined && within.length <= mostWords) return within;
  const without = covered(variable, rest);
  if (without !== undefined && without.length <= mostWords) return { not: without };
  const part = partOfOne(variable, chosen);
  if (part !== undefined) return part;
  const examples = [...chosen].slice(0, mostWords).map((index) => example(variable, index));
  return chosen.size > mostWords ? [...examples, `and ${String(chosen.size - mostWords)} more`] : examples;
}

/** The most words for the values of one variable. */
export const mostWords = 6;

/** Returns values as one condition without others; undefined if no condition has them all. */
function partOfOne(variable: Variable, chosen: ReadonlySet<number>): Described | undefined {
  const whole = fitsOf(variable)
    .filter(({ fits }) => [...chosen].every((value) => fits.includes(value)))
    .sort((one, other) => one.fits.length - other.fits.length);
  for (const { test, fits } of whole) {
    const without = covered(variable, new Set(fits.filter((value) => !chosen.has(value))));
    if (without === undefined || without.length > mostWords) continue;
    const words = testWords(test);
    // A method is a word of its own: POST, PUT other than POST is PUT.
    return test.of === 'method'
      ? words.filter((word) => !without.includes(word))
      : { in: words, not: without };
  }
  return undefined;
}

/** Returns conditions whose values together are exactly the chosen ones; undefined if there are none. */
export function covered(variable: Variable, chosen: ReadonlySet<number>): readonly string[] | undefined {
  const words: string[] = [];
  const left = new Set(chosen);
  const whole = fitsOf(variable)
    .filter(({ fits }) => fits.length > 0 && fits.every((value) => chosen.has(value)))
    .sort((one, other) => other.fits.length - one.fits.length);
  for (const { test, fits } of whole) {
    if (!fits.some((value) => left.has(value))) continue;
    words.push(...testWords(test));
    for (const value of fits) left.delete(value);
  }
  return left.size === 0 ? [...new Set(words)] : undefined;
}

/** The values that fulfil a test. */
interface Fits {
  readonly test: Test;
  readonly fits: readonly number[];
}

const known = new WeakMap<Variable, readonly Fits[]>();

function fitsOf(variable: Variable): readonly Fits[] {
  const cached = known.get(variable);
  if (cached !== undefined) return cached;
  const { tests, values } = variable;
  const made = tests.map((test, index) => ({
    test,
    fits: values.flatMap(({ answers }, value) => (answers[index] === true ? [value] : [])),
  }));
  known.set(variable, made);
  return made;
}

function example({ values }: Variable, index: number): string {
  const value = values[index];
  if (value === undefined) return '';
  if (value.isUnsafe === true) return 'unsafe';
  return partWords(value.part);
}

function partWords(part: Part): string {
  if ('values' in part)
    return part.values.length === 0
      ? 'absent'
      : `such as ${part.values.map((one) => JSON.stringify(one)).join(' and ')}`;
  switch (part.of) {
    case 'method':
      return part.method;
    case 'path':
      return `such as ${part.path}`;
    case 'token':
      return typeof part.token === 'string' ? part.token : part.token.issuer;
    case 'address':
      return part.address ?? 'unknown';
    case 'https':
      return part.https ? 'by https' : 'not by https';
  }
}

function testWords(test: Test): readonly string[] {
  if ('match' in test) return [matchWords(test.match)];
  switch (test.of) {
    case 'method':
      return test.methods;
    case 'path': {
      const { match, received } = test.test;
      const words = `${match.type} ${match.value === '' ? '/' : match.value}`;
      return [received.drop === 0 && received.prepend === '' ? words : `${words} after the rewrite`];
    }
    case 'token':
      return [test.is === 'issuer' ? test.issuer : test.is];
    case 'claim':
      return test.values;
    case 'address':
      return [test.range];
    case 'address-known':
      return ['known'];
    case 'https':
    case 'unsafe':
      return [test.of];
  }
}

function matchWords(match: StringMatch): string {
  if (match.type === 'present') return match.value ? 'present' : 'absent';
  return match.type === 'exact'
    ? JSON.stringify(match.value)
    : `${match.type} ${JSON.stringify(match.value)}`;
}
