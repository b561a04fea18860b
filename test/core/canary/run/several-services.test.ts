import { expect, test } from 'vitest';
import { policyOf } from '../../../../src/core/canary/judge/policy-of.ts';
import { progressOf } from '../../../../src/core/canary/run/progress.ts';
import { origin } from '../../semantics/mesh.ts';
import { rollout } from '../rollouts.ts';
import { SmallWorld, type Traffic } from './small-world.ts';

const [payments, checkout] = ['shop/payments', 'shop/checkout'] as const;
const both = rollout({
  services: [payments, checkout],
  steps: [10, 60, 100].map((weight) => ({ origin, weight, hold: 0, approval: false })),
  judge: { ...rollout().judge, interval: 15_000 },
});
const healthy: Traffic = { perSecond: 200, errors: () => ({ baseline: 0.002, candidate: 0.002 }) };
/** Traffic that stays healthy for long enough to reach 60 %. */
const late: Traffic = {
  perSecond: 200,
  errors: (t) => ({ baseline: 0.002, candidate: t > 400 ? 0.2 : 0.002 }),
};

const pairs = ({ moves }: SmallWorld) => moves.map(({ weights }) => [weights[payments], weights[checkout]]);

test('each step reaches the services in their order, and one verdict covers both', async () => {
  const world = SmallWorld.inMemory(both, healthy);
  expect((await world.run('a')).exitCode).toBe(0);
  expect(pairs(world)).toEqual([
    [10, 0],
    [10, 10],
    [60, 10],
    [60, 60],
    [100, 60],
    [100, 100],
  ]);
});

test('a rollback takes the services in reverse, each at the pace that `from` can carry', async () => {
  const high = {
    ...both,
    steps: [both.steps[0], { ...both.steps[1], hold: 600_000 }, both.steps[2]],
  } as typeof both;
  const world = SmallWorld.inMemory(high, late);
  expect((await world.run('a')).exitCode).toBe(10);
  const way = pairs(world);
  expect(way.slice(way.findIndex(([one, other]) => one === 60 && other === 60))).toEqual([
    [60, 60],
    [60, 20],
    [60, 0],
    [20, 0],
    [0, 0],
  ]);
  const times = world.moves.slice(-4).map(({ at }) => at);
  expect(times.map((at) => at - (times[0] ?? 0))).toEqual([0, 10_000, 10_000, 20_000]);
});

test('a second runner reaches the same weights wherever the first one was killed', async () => {
  for (const traffic of [healthy, late]) {
    const whole = SmallWorld.inMemory(both, traffic);
    const end = await whole.run('a');
    for (let at = 1; at < whole.boundaries; at += 3) {
      const world = SmallWorld.inMemory(both, traffic);
      if ((await world.runKilled('a', at)) !== undefined) continue;
      const again = await world.run('b');
      expect([at, again.exitCode, pairs(world).at(-1)]).toEqual([at, end.exitCode, pairs(whole).at(-1)]);
      const lines = await world.world(new AbortController().signal).journal(1);
      const { judge } = progressOf(policyOf(both), lines);
      expect(judge.parts.map(({ weight }) => weight)).toEqual(end.exitCode === 0 ? [100, 100] : [0, 0]);
    }
  }
});
