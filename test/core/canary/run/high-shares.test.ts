import { describe, expect, test } from 'vitest';
import type { Rollout } from '../../../../src/core/ir/rollout.ts';
import { origin } from '../../semantics/mesh.ts';
import { rollout } from '../rollouts.ts';
import { SmallWorld, type Traffic } from './small-world.ts';

const step = (weight: number, parts: Partial<Rollout['steps'][number]> = {}) => ({
  origin,
  weight,
  hold: 0,
  approval: false,
  ...parts,
});
const base = rollout();
const short = rollout({
  steps: [step(10), step(50), step(100)],
  judge: { ...base.judge, interval: 15_000 },
});
const healthy: Traffic = { perSecond: 200, errors: () => ({ baseline: 0.002, candidate: 0.002 }) };
const bad: Traffic = { perSecond: 200, errors: () => ({ baseline: 0.002, candidate: 0.2 }) };

describe('a rollback from a high share', () => {
  const high = rollout({
    steps: [step(90, { hold: 3_600_000 }), step(100)],
    pace: 'fixed',
    judge: { ...base.judge, interval: 15_000 },
  });
  const way = [90, 75, 50, 0];

  test('is a ramp that at most doubles the load of `from` every ten seconds', async () => {
    const world = SmallWorld.inMemory(high, bad);
    expect((await world.run('a')).exitCode).toBe(10);
    expect(world.applied.map(({ weight }) => weight)).toEqual(way);
    const times = world.applied.slice(1).map(({ at }) => at);
    expect(times.map((at) => at - (times[0] ?? 0))).toEqual([0, 10_000, 20_000]);
  });

  test('continues where it was killed, and never raises the share', async () => {
    const whole = SmallWorld.inMemory(high, bad);
    await whole.run('a');
    for (let at = whole.boundaries - 20; at < whole.boundaries; at += 1) {
      const world = SmallWorld.inMemory(high, bad);
      await world.runKilled('a', at);
      expect([at, (await world.run('b')).exitCode]).toEqual([at, 10]);
      const weights = world.applied.map(({ weight }) => weight);
      expect([at, weights]).toEqual([at, way]);
    }
  });

  test('ends without a pause once a signal has come', async () => {
    const world = SmallWorld.inMemory(high, bad);
    const stop = new AbortController();
    world.onSleep = () => {
      if (world.weight === 75) stop.abort(143);
      return Promise.resolve();
    };
    expect((await world.run('a', stop.signal)).exitCode).toBe(10);
    expect(world.applied.map(({ weight }) => weight)).toEqual(way);
  });
});

describe('a weight above maxWeightUnattended', () => {
  test('waits for a guard, reports this once, and is written as soon as a guard looks', async () => {
    const world = SmallWorld.inMemory(short, healthy);
    world.unattended = 'no guard looks at target local';
    world.onSleep = () => {
      if (world.now - (world.applied[0]?.at ?? world.now) > 1_200_000) world.unattended = undefined;
      return Promise.resolve();
    };
    expect((await world.run('a')).exitCode).toBe(0);
    const [first, second] = world.applied;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(1_200_000);
    const waits = world.shown.filter(
      (one) => one.type === 'rollout' && one.detail?.includes('waits for a guard'),
    );
    expect(waits).toHaveLength(1);
  });

  test('is never written without a guard: at the deadline the rollout holds at a lower weight', async () => {
    const world = SmallWorld.inMemory({ ...short, deadline: 1_800_000 }, healthy);
    world.unattended = 'no guard looks at target local';
    const end = await world.run('a');
    expect([end.exitCode, end.message]).toEqual([11, expect.stringContaining('no guard looks')]);
    expect(world.applied.map(({ weight }) => weight)).toEqual([10]);
  });
});
