import { expect, test } from 'vitest';
import { askPair, emptyTally } from './dense-pair.ts';

/** The first pairs of `npm run reach:pairs`, which asks 2,500 of them. */
test('the comparison of dense random meshes agrees with `decide` about random requests to both', () => {
  const tally = emptyTally();
  for (let number = 0; number < 12; number += 1) askPair(number, 200, tally);
  const { same, differs, wider, unproved, wrong, missed, alike } = tally.answers;
  expect(tally.faults).toEqual([]);
  expect({ wrong, missed, alike }).toEqual({ wrong: 0, missed: 0, alike: 0 });
  expect(same).toBeGreaterThan(1000);
  expect(differs).toBeGreaterThan(250);
  // Paths to Externals that no proxy reads are compared as sent: some requests have the same path either way.
  expect(wider).toBeLessThan(same / 100);
  expect(unproved).toBeLessThan(same / 5);
});
