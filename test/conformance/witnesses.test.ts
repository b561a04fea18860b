import { describe, expect, test } from 'vitest';
import { testingProxies } from '../../src/main/parts.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { caseOf } from './harness/case-of.ts';
import { askWitnesses } from './witnesses/ask-witnesses.ts';
import { judgedMutants, mutantsOf } from './witnesses/changed-mutants.ts';

const envoy = process.env['ENVOY'];
const parts = testingProxies();

/** `WITNESSES=30` (`npm run witnesses`) tries so many mutants of each case, evenly taken, and `all` tries all. */
const written = process.env['WITNESSES'];
/** Mutants of each case that are tried otherwise, in a few small cases. */
const few = { access: 3, votes: 4 };
const most = written === 'all' ? Number.POSITIVE_INFINITY : Number(written);
const tried = meshCases().flatMap((meshCase) => {
  const number =
    written === undefined ? Object.entries(few).find(([name]) => name === meshCase.name)?.[1] : most;
  const mutants = number === undefined ? [] : mutantsOf(meshCase, number);
  return mutants.length === 0 ? [] : [{ name: meshCase.name, meshCase, mutants }];
});

/** The fewest changes that a run must find. */
const fewest = written === undefined ? 4 : Math.min(500, most * 17);

describe.skipIf(envoy === undefined)(
  'real meshes before and after a change answer its witnesses differently',
  () => {
    const sum = { mutants: 0, invalid: 0, equal: 0, settings: 0, unproved: 0, changed: 0, found: 0 };
    const asked = { witnesses: 0, differed: 0, gained: 0, lost: 0, routing: 0 };
    const notShown: Record<string, number> = {};

    test.each(tried)(
      '$name: changes are found, and their witnesses show them',
      {
        timeout: 3_600_000,
      },
      async ({ meshCase, mutants }) => {
        const base = linkedMesh(meshCase.directory, meshCase.environment);
        const { found, wrong, unproved, ...numbers } = judgedMutants(meshCase, base, mutants);
        const judged = await askWitnesses(base, found, await parts);
        const faults = [...wrong];
        for (const { mutant, witness, verdict } of judged) {
          asked.witnesses += 1;
          if (verdict.state === 'wrong')
            faults.push(`${mutant.change}: ${JSON.stringify(witness.request)}: ${verdict.why}`);
          else if (verdict.state === 'not shown')
            notShown[verdict.reason] = (notShown[verdict.reason] ?? 0) + 1;
          else {
            asked.differed += 1;
            asked[witness.kind] += 1;
          }
        }
        sum.mutants += mutants.length;
        sum.found += found.length;
        sum.unproved += unproved.length;
        for (const key of ['invalid', 'equal', 'settings', 'changed'] as const) sum[key] += numbers[key];
        if (written !== undefined)
          console.log(
            [`up to ${meshCase.name}: ${JSON.stringify({ ...sum, ...asked })}`, ...unproved].join('\n  '),
          );
        expect(faults).toEqual([]);
      },
    );

    test('many changes are found, and most witnesses are answered differently', () => {
      console.log(JSON.stringify({ ...sum, ...asked, notShown }, undefined, 2));
      expect(sum.found).toBeGreaterThanOrEqual(fewest);
      expect(sum.found + sum.unproved).toBeGreaterThanOrEqual(sum.changed);
      expect(asked.witnesses).toBeGreaterThanOrEqual(sum.found);
      expect(asked.differed / asked.witnesses).toBeGreaterThanOrEqual(0.5);
      expect(Math.min(asked.gained, asked.lost, asked.routing)).toBeGreaterThan(0);
    });

    test('Envoys of the mesh before in place of those after are noticed', { timeout: 60_000 }, async () => {
      const meshCase = caseOf('votes');
      const base = linkedMesh(meshCase.directory, meshCase.environment);
      const { found } = judgedMutants(meshCase, base, mutantsOf(meshCase, 1));
      const judged = await askWitnesses(base, found, await parts, () => base);
      expect(judged.map(({ verdict }) => verdict.state)).toEqual(judged.map(() => 'wrong'));
      expect(judged.length).toBeGreaterThan(0);
    });
  },
);
