import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { optionsOfMode } from '../../src/core/targets/capabilities-of.ts';
import { targets } from '../../src/core/targets/registry.ts';
import { sourcesBelow } from '../cases/linked-mesh.ts';
import { roundTripDifferences } from './round-trip.ts';
import { roundTripRests } from './round-trip-rests.ts';

const folder = fileURLToPath(new URL('../../fixtures/cases', import.meta.url));
const cases = readdirSync(folder);

/** Loads a target with its reader. */
async function readable(name: string) {
  const target = (await targets[name as keyof typeof targets]()).default;
  const reader = (await target.reader?.())?.default;
  if (reader === undefined) throw new Error(`the target ${name} has no reader`);
  return { target, reader };
}

describe.each(Object.entries(roundTripRests))(
  'output of %s that is read back and compiled again',
  (name, rest) => {
    test('is byte-equal in all cases but the listed ones, which differ in the listed kinds', async () => {
      const [platform = '', mode = ''] = name.split(' as ');
      const { target, reader } = await readable(platform);
      const chosen = target.modes?.[mode];
      const options = chosen === undefined ? {} : optionsOfMode(mode, chosen);
      const found = cases.flatMap((one) => {
        const kinds = roundTripDifferences(target, reader, sourcesBelow(path.join(folder, one)), options);
        return kinds.length === 0 ? [] : [[one, kinds] as const];
      });
      expect(Object.fromEntries(found), 'a case that is equal leaves the list').toEqual(rest.cases);
    });

    test('has a reason for each kind that differs, and no other', () => {
      const kinds = new Set(Object.values(rest.cases).flat());
      expect(Object.keys(rest.reasons).sort()).toEqual([...kinds].sort());
    });
  },
);

test('a change of the output is a difference', async () => {
  const { target, reader } = await readable('linkerd');
  const sources = sourcesBelow(path.join(folder, 'accounts'));
  const lower: typeof target.lower = (ir, context) => {
    calls += 1;
    return calls === 1 ? target.lower(ir, context) : target.lower({ ...ir, egress: 'allow' }, context);
  };
  let calls = 0;
  expect(roundTripDifferences(target, reader, sources)).toEqual([]);
  expect(roundTripDifferences({ ...target, lower }, reader, sources)).toEqual(['egressnetwork']);
});
