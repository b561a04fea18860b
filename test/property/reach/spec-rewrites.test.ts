import { expect, test } from 'vitest';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { meshCases } from '../../cases/cases.ts';
import { linkedSources, sourcesBelow } from '../../cases/linked-mesh.ts';
import { rewritten } from './spec-rewrites.ts';

/** With REACH=all (`npm run reach`) all cases; otherwise a few small ones. */
const isAll = process.env['REACH'] === 'all';
const few = ['characters', 'access', 'matches', 'order', 'resilience', 'splits'];
const cases = meshCases().filter(({ name }) => isAll || few.includes(name));

/** The fewest specs in other words that are proved, and the fewest of each kind of rewrite. */
const fewest = isAll ? { specs: 500, kind: 50 } : { specs: cases.length * 5, kind: 1 };

test('a spec in other words changes nothing for any request, proved', { timeout: 3_600_000 }, () => {
  const sum = { specs: 0, proved: 0 };
  const kinds: Record<string, { specs: number; proved: number }> = {};
  const faults: string[] = [];
  for (const { name, directory, environment } of cases) {
    const sources = sourcesBelow(directory);
    const before = linkedSources(sources, environment);
    for (const { rewrites, sources: other } of rewritten(sources)) {
      const { gained, lost, routing, unproved, cut } = compareMeshes(
        before,
        linkedSources(other, environment),
      );
      const changes = [...gained, ...lost, ...routing].map(({ request }) => JSON.stringify(request));
      const reasons = [...changes, ...[...unproved, ...cut].map((one) => `not proved: ${one}`)];
      if (reasons.length > 0)
        faults.push(`${name}: ${rewrites.join(' and ')}: ${reasons.slice(0, 2).join('; ')}`);
      for (const count of [sum, ...rewrites.map((one) => (kinds[one] ??= { specs: 0, proved: 0 }))]) {
        count.specs += 1;
        if (reasons.length === 0) count.proved += 1;
      }
    }
  }
  if (isAll) console.info(JSON.stringify({ ...sum, kinds }, undefined, 2));
  expect(faults).toEqual([]);
  expect(sum.proved).toBeGreaterThanOrEqual(fewest.specs);
  expect(Object.keys(kinds).length).toBe(8);
  for (const [kind, { proved }] of Object.entries(kinds))
    expect(proved, kind).toBeGreaterThanOrEqual(fewest.kind);
});
