import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { canonicalJson } from '../../../src/core/lib/canonical-json.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { identify } from '../../../src/core/semantics/caller.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { meshes, requests } from '../../core/semantics/arbitrary.ts';
import { mixed } from './mixed.ts';

const isLong = process.env['REACH'] === 'all';
const unread = new Set(['decidedBy', 'reason']);
const meaning = (outcome: Outcome): string => canonicalJson(outcome, unread);

test('no request changes where nothing is found, and every witness is decided differently', () => {
  const count = { proved: 0, unproved: 0, changed: 0, requests: 0 };
  fc.assert(
    fc.property(
      meshes,
      meshes,
      fc.nat(1023),
      fc.array(requests, { minLength: 40, maxLength: 40 }),
      (before, other, mask, asked) => {
        const after = mixed(before, other, mask);
        const change = compareMeshes(before, after);
        const found = [...change.gained, ...change.lost, ...change.routing];
        count[change.unproved.length > 0 ? 'unproved' : found.length > 0 ? 'changed' : 'proved']++;
        for (const { request } of found)
          expect(meaning(decide(before, request))).not.toBe(meaning(decide(after, request)));
        if (change.unproved.length > 0) return;
        const places = new Set(found.map(({ to }) => to));
        const cut = change.cut.map((place) => place.split(' ')[0]);
        for (const request of asked.filter((one) => !passesBy(before, one))) {
          if (meaning(decide(before, request)) === meaning(decide(after, request))) continue;
          count.requests++;
          expect(places.size + cut.length, JSON.stringify(request)).toBeGreaterThan(0);
          if (request.to.type === 'gateway') expect([...places, ...cut]).toContain(request.to.id);
        }
      },
    ),
    { numRuns: isLong ? 2000 : 40, seed: isLong ? Date.now() : 7 },
  );
  if (isLong) console.info(count);
  expect(count.requests).toBeGreaterThan(30);
});

/** Returns true for a call of a workload without a proxy to an External: nothing of the mesh sees it. */
function passesBy(ir: Ir, { from, to }: Request): boolean {
  return to.id in ir.externals && identify(ir, from).type === 'workload';
}
