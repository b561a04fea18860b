import { expect, test } from 'vitest';
import { type Feature, features } from '../../src/core/ir/feature.ts';
import { featuresUsed } from '../../src/core/targets/features-used.ts';
import { registeredColumns } from './columns.ts';
import { linkedCases } from './linked-cases.ts';
import { targetContract } from './target-contract.ts';
import { unremovableFeatures, withoutFeature } from './without-feature.ts';

const cases = linkedCases();
const names = Object.keys(features) as Feature[];

test.each(names)('at least one case uses %s', (feature) => {
  expect(cases.filter(({ ir }) => featuresUsed(ir).has(feature)).map(({ name }) => name)).not.toEqual([]);
});

test.each(names.filter((name) => !unremovableFeatures.includes(name)))(
  'a mesh without %s no longer uses it, and uses no new feature',
  (feature) => {
    for (const { ir, name } of cases) {
      const [before, after] = [featuresUsed(ir), featuresUsed(withoutFeature(ir, feature))];
      expect(after.has(feature), name).toBe(false);
      if (!before.has(feature)) expect([...after.keys()], name).toEqual([...before.keys()]);
    }
  },
);

for (const column of await registeredColumns()) targetContract(column, cases);
