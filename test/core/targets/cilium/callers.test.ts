import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Callers,
  difference,
  everybody,
  everyPod,
  intersection,
  isNobody,
  keyOf,
  nobody,
  podsOf,
  podsWith,
  union,
} from '../../../../src/core/targets/cilium/access/callers.ts';

const namespaces = ['a', 'b', 'c'];
const accounts = ['x', 'y', 'z'];

/** Every caller that the sets of these tests can tell apart: `c` and `z` stand for those that no set names. */
const universe = [
  ...namespaces.flatMap((namespace) => accounts.map((account) => [namespace, account] as const)),
  'gateways',
  'others',
] as const;

function has(callers: Callers, one: (typeof universe)[number]): boolean {
  if (one === 'gateways' || one === 'others') return callers[one];
  const own = callers.namespaces.get(one[0]);
  return own === undefined ? callers.elsewhere : own.names.has(one[1]) !== own.but;
}

const atoms: readonly Callers[] = [
  nobody,
  everyPod,
  everybody,
  podsOf('a'),
  podsOf('b'),
  podsWith('a', 'x'),
  podsWith('a', 'y'),
  podsWith('b', 'x'),
  { ...nobody, gateways: true },
  { ...nobody, others: true },
];
const sets = fc.letrec<{ set: Callers }>((tie) => ({
  set: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...atoms),
    fc
      .tuple(fc.constantFrom(union, intersection, difference), tie('set'), tie('set'))
      .map(([combine, one, other]) => combine(one, other)),
  ),
})).set;

test('sets of callers combine as their members do, and equal sets have equal keys', () => {
  fc.assert(
    fc.property(sets, sets, (one, other) => {
      for (const caller of universe) {
        const [a, b] = [has(one, caller), has(other, caller)];
        expect(has(union(one, other), caller)).toBe(a || b);
        expect(has(intersection(one, other), caller)).toBe(a && b);
        expect(has(difference(one, other), caller)).toBe(a && !b);
      }
      const isSame = universe.every((caller) => has(one, caller) === has(other, caller));
      expect(keyOf(union(one, nobody)) === keyOf(union(other, nobody))).toBe(isSame);
      expect(isNobody(difference(one, one))).toBe(true);
    }),
    { numRuns: 500 },
  );
});
