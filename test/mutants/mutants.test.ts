import { describe, expect, test } from 'vitest';
import { meshCases } from '../cases/cases.ts';
import { mutationScore } from './mutation-score.ts';

/** With MUTANTS=all (`npm run mutants`) all cases with rules are tried; otherwise a few small ones. */
const isAll = process.env['MUTANTS'] === 'all';
const few = ['accounts', 'splits', 'together', 'votes'];
/** A case whose changes take longer than ten minutes: the engine compares its large expressions each time. */
const slow = 'attacks';
const cases = meshCases().filter(({ name }) => (isAll ? name !== slow : few.includes(name)));

/** Rules that no request of their case is decided by; such a case doesn't count. */
const uncoveredRules: Readonly<Record<string, readonly string[]>> = {
  characters: [
    'services.yaml:30 route app: rule p7',
    'services.yaml:46 route app: rule p23',
    'services.yaml:48 route app: rule query',
  ],
  checked: ['services.yaml:78 authentication of shop/guarded: a bad token is refused'],
  entrance: ['routes.yaml:67 route narrow: rule wide'],
  identity: ['services.yaml:54 access of shop/disabled: allow'],
  onward: [
    'routes.yaml:19 route pages: rule deep',
    'routes.yaml:37 route pages-db: rule 1',
    'routes.yaml:66 route through: rule 1',
  ],
  streams: ['routes.yaml:57 access of shop/closed: allow'],
};

describe('suites that cover every rule notice changes of single rules', () => {
  const sum = { killed: 0, survived: 0, equal: 0, invalid: 0 };

  test.each(cases)(
    '$name: the rules are covered, and changed one by one',
    { timeout: 600_000 },
    (meshCase) => {
      const { uncovered, killed, survived, equal, invalid } = mutationScore(meshCase);
      if (uncovered.length === 0) {
        sum.killed += killed;
        sum.survived += survived.length;
        sum.equal += equal;
        sum.invalid += invalid;
      }
      if (isAll)
        console.log(
          [`${meshCase.name}: ${String(killed)} noticed, ${String(survived.length)} not`, ...survived].join(
            '\n  ',
          ),
        );
      expect(uncovered).toEqual(uncoveredRules[meshCase.name] ?? []);
    },
  );

  test('at least nine of ten changes of the meaning are noticed', () => {
    console.log(JSON.stringify(sum));
    expect(sum.killed).toBeGreaterThan(150);
    expect(sum.killed / (sum.killed + sum.survived)).toBeGreaterThanOrEqual(0.9);
  });
});
