import { expect, test } from 'vitest';
import { meshCases } from '../../cases/cases.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';
import { judgedMutants, otherMutantsOf } from '../../conformance/witnesses/changed-mutants.ts';

/** With REACH=all (`npm run reach`) many mutants of all cases; otherwise a few of some. */
const isAll = process.env['REACH'] === 'all';
const few = ['access', 'entrance', 'identity', 'outside', 'tokens'];
const cases = meshCases().filter(({ name }) => isAll || few.includes(name));
const most = isAll ? 60 : 12;

test('a changed value in any document is found if it decides a request of the case differently', {
  timeout: 3_600_000,
}, () => {
  const sum = { mutants: 0, invalid: 0, equal: 0, settings: 0, unproved: 0, changed: 0, found: 0 };
  const faults: string[] = [];
  for (const meshCase of cases) {
    const mutants = otherMutantsOf(meshCase, most);
    const base = linkedMesh(meshCase.directory, meshCase.environment);
    const { found, wrong, unproved, ...numbers } = judgedMutants(meshCase, base, mutants);
    sum.mutants += mutants.length;
    sum.found += found.length;
    sum.unproved += unproved.length;
    for (const key of ['invalid', 'equal', 'settings', 'changed'] as const) sum[key] += numbers[key];
    faults.push(...wrong.map((one) => `${meshCase.name}: ${one}`));
    if (isAll) console.info([`up to ${meshCase.name}: ${JSON.stringify(sum)}`, ...unproved].join('\n  '));
  }
  expect(faults).toEqual([]);
  expect(sum.found).toBeGreaterThan(cases.length);
});
