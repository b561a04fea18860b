import type { Budget } from '../budget.ts';
import type { Test } from '../condition.ts';
import type { Automaton } from '../language/automaton.ts';
import { headerValues, queryValues } from '../language/domains.ts';
import { jointValues, type ValueClass } from '../language/joint-values.ts';
import { cookieAutomaton, type TextMatch, valueAutomaton } from '../language/value-automaton.ts';
import type { Value } from '../values.ts';
import { members, unions } from './unions.ts';

/**
 * Returns the values of a header, a cookie or a query parameter: absent, and each combination of answers that one text
 * has, or with `repeats` several texts together. If these are too many, returns those of a variable for each text.
 */
export function textValues(
  of: 'header' | 'cookie' | 'query',
  name: string,
  tests: readonly Test[],
  repeats: boolean,
  budget: Budget,
): readonly (readonly Value[])[] {
  const subject = `the ${of === 'query' ? 'query parameter' : of} ${name}`;
  const automata = tests.map((test) => automatonOf(test, of, budget));
  const classes = jointValues(domainOf(of), automata, subject, budget);
  const single = classes.map(
    (one): ValueClass => ({
      ...one,
      accepted: one.accepted.map((accepted, index) => isTrue(tests[index], accepted)),
    }),
  );
  const texts = repeats
    ? unions(single, subject, budget)
    : single.map(({ accepted, shortest }) => ({ accepted, texts: [shortest] }));
  if (texts === undefined) return members(classes, (values) => ({ of, name, values: values.map(decoded) }));
  const absent: Value = {
    answers: tests.map((test) => 'match' in test && test.match.type === 'present' && !test.match.value),
    part: { of, name, values: [] },
  };
  const present = texts.map(
    ({ accepted, texts: values }): Value => ({
      answers: accepted,
      part: { of, name, values: values.map(decoded) },
    }),
  );
  return [[absent, ...present]];
}

function isTrue(test: Test | undefined, accepted: boolean): boolean {
  if (test === undefined || !('match' in test)) return accepted;
  return test.match.type === 'present' ? test.match.value : accepted;
}

function domainOf(of: 'header' | 'cookie' | 'query'): Automaton {
  if (of === 'query') return queryValues();
  return headerValues(of === 'cookie' ? ';' : '');
}

function automatonOf(test: Test, of: 'header' | 'cookie' | 'query', budget: Budget): Automaton {
  const match: TextMatch =
    'match' in test && test.match.type !== 'present' ? test.match : { type: 'prefix', value: '' };
  return of === 'cookie' ? cookieAutomaton(match, budget) : valueAutomaton(match, budget);
}

/** Returns the text of which these are the bytes (UTF-8), one character for each. */
function decoded(bytes: string): string {
  return /^[\0-\x7f]*$/.test(bytes)
    ? bytes
    : decodeURIComponent(
        bytes.replace(/[^]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`),
      );
}
