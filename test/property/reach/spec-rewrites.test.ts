import { expect, test } from 'vitest';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { meshCases } from '../../cases/cases.ts';
import { linkedSources, sourcesBelow } from '../../cases/linked-mesh.ts';
import { rewritten } from './spec-rewrites.ts';

/** With REACH=all (`npm run reach`) all cases; otherwise a few small ones. */
const few = ['access', 'matches', 'order', 'resilience', 'splits'];
const cases = meshCases().filter(({ name }) => process.env['REACH'] === 'all' || few.includes(name));

test('a spec in other words changes nothing for any request, proved', { timeout: 3_600_000 }, () => {
  const count = { proved: 0, unproved: 0, invalid: 0 };
  const kinds = new Set<string>();
  const faults: string[] = [];
  for (const { name, directory, environment } of cases) {
    const sources = sourcesBelow(directory);
    const before = linkedSources(sources, environment);
    for (const { rewrite, sources: other } of rewritten(sources)) {
      let after: typeof before;
      try {
        after = linkedSources(other, environment);
      } catch (error) {
        count.invalid++;
        if (process.env['REACH'] === 'all')
          console.info(`${name}: ${rewrite}: ${String(error).slice(0, 200)}`);
        continue;
      }
      const { gained, lost, routing, unproved } = compareMeshes(before, after);
      for (const { request } of [...gained, ...lost, ...routing])
        faults.push(`${name}: ${rewrite}: ${JSON.stringify(request)}`);
      count[unproved.length > 0 ? 'unproved' : 'proved']++;
      if (unproved.length > 0)
        faults.push(`${name}: ${rewrite}: not proved: ${unproved.slice(0, 2).join('; ')}`);
      else kinds.add(rewrite.split(' and ')[0] ?? '');
    }
  }
  if (process.env['REACH'] === 'all') console.info(count);
  expect(faults).toEqual([]);
  expect(count.proved).toBeGreaterThan(cases.length * 5);
  expect(kinds.size).toBeGreaterThan(4);
});
