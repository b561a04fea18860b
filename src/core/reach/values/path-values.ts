import type { Budget } from '../budget.ts';
import type { Test } from '../condition.ts';
import { normalisedPaths } from '../language/domains.ts';
import { jointValues } from '../language/joint-values.ts';
import { exactly } from '../language/literal-automata.ts';
import { pathAutomaton } from '../language/path-automaton.ts';
import type { Value } from '../values.ts';

/** A path that no proxy passes on: an encoded slash. */
const unsafePath = '/%2F';

/** Returns the values of the path: the classes of normalised paths, and the paths that are refused (400). */
export function pathValues(tests: readonly Test[], name: string, budget: Budget): readonly Value[] {
  const automata = tests.map((test) => (test.of === 'path' ? pathAutomaton(test.test, budget) : exactly('')));
  const safe = jointValues(normalisedPaths(), automata, name, budget).map(
    ({ accepted, shortest }): Value => ({ answers: accepted, part: { of: 'path', path: shortest } }),
  );
  const unsafe: Value = {
    answers: tests.map(({ of }) => of === 'unsafe'),
    part: { of: 'path', path: unsafePath },
    isUnsafe: true,
  };
  return [...safe, unsafe];
}
