import type { Budget, Spent } from './budget.ts';
import type { Test } from './condition.ts';
import type { Value } from './values.ts';

/** The most variables that are remembered. */
const mostVariables = 1000;

/**
 * The values of variables by the tests that ask them: the rules of many destinations ask for the same paths. Remembered
 * values cost a budget as much as computed ones, so that results don't depend on the order of destinations.
 */
export class ValueMemory {
  private readonly known = new Map<
    string,
    { readonly values: readonly (readonly Value[])[]; readonly spent: Spent }
  >();

  values(
    tests: readonly Test[],
    budget: Budget,
    subject: string,
    compute: () => readonly (readonly Value[])[],
  ): readonly (readonly Value[])[] {
    const key = JSON.stringify(tests);
    const found = this.known.get(key);
    if (found !== undefined) {
      budget.repeat(found.spent, subject);
      return found.values;
    }
    const before = budget.left();
    const values = compute();
    if (this.known.size >= mostVariables) this.known.clear();
    this.known.set(key, { values, spent: budget.since(before) });
    return values;
  }
}
