import { describe, expect, test } from 'vitest';
import { meshCases } from '../cases/cases.ts';
import { mutationScore } from './mutation-score.ts';

/** With MUTANTS=all (`npm run mutants`) all cases with rules are tried; otherwise a few small ones. */
const isAll = process.env['MUTANTS'] === 'all';
const few = ['accounts', 'matches', 'splits', 'votes'];
const cases = meshCases().filter(({ name }) => isAll || few.includes(name));

/** Rules that no request of their case is decided by: of these the suite can't notice anything. */
const uncoveredRules: Readonly<Record<string, readonly string[]>> = {};

describe('suites that cover every rule notice changes of single rules', () => {
  const sum = { killed: 0, survived: 0, equal: 0, invalid: 0 };

  test.each(cases)('$name: every rule is covered', { timeout: 600_000 }, (meshCase) => {
    const { uncovered, killed, survived, equal, invalid } = mutationScore(meshCase);
    sum.killed += killed;
    sum.survived += survived.length;
    sum.equal += equal;
    sum.invalid += invalid;
    if (isAll)
      console.log(
        [`${meshCase.name}: ${String(killed)} noticed, ${String(survived.length)} not`, ...survived].join(
          '\n  ',
        ),
      );
    expect(uncovered).toEqual(uncoveredRules[meshCase.name] ?? []);
  });

  test('at least nine of ten changes of the meaning are noticed', () => {
    console.log(JSON.stringify(sum));
    expect(sum.killed).toBeGreaterThan(300);
    expect(sum.killed / (sum.killed + sum.survived)).toBeGreaterThanOrEqual(0.9);
  });
});
