import { expect, test } from 'vitest';
import { rolloutHooks } from '../../../src/commands/canary/rollout-hooks.ts';
import type { Rollout } from '../../../src/core/ir/rollout.ts';
import { rollout } from '../../core/canary/rollouts.ts';
import { SmallWorld, type Traffic } from '../../core/canary/run/small-world.ts';
import { origin } from '../../core/semantics/mesh.ts';

const step = (weight: number, approval = false): Rollout['steps'][number] => ({
  origin,
  weight,
  hold: 0,
  approval,
});
const short = rollout({
  steps: [step(10), step(50), step(100)],
  judge: { ...rollout().judge, interval: 15_000 },
});
const healthy: Traffic = { perSecond: 200, errors: () => ({ baseline: 0.002, candidate: 0.002 }) };
const bad: Traffic = { perSecond: 200, errors: () => ({ baseline: 0.002, candidate: 0.2 }) };

/** Returns hooks that never answer: one for all messages, and a gate before all steps but the first. */
function hanging(world: SmallWorld): ReturnType<typeof rolloutHooks> {
  const hook = { origin, on: ['step', 'verdict', 'end'] as const, url: 'https://down.example/' };
  const hooks = [
    { ...hook, gate: false },
    { ...hook, gate: true },
  ];
  const sender = {
    hasSecret: () => true,
    send: ({ key }: { readonly key: string }) =>
      key.endsWith('/gate-0') ? Promise.resolve(200) : new Promise<undefined>(() => undefined),
  };
  const around = { clock: world.clock, signal: new AbortController().signal };
  const program = {
    run: () => Promise.resolve({ code: 127, said: '' }),
    refusal: () => Promise.resolve(undefined),
  };
  return rolloutHooks({ ...short, hooks }, { sender, program, root: '/spec' }, around, () => undefined);
}

test('hooks that never answer delay no rollback', async () => {
  const plain = SmallWorld.inMemory(short, bad);
  await plain.run('a');
  const world = SmallWorld.inMemory(short, bad);
  world.hooks = hanging(world);
  expect((await world.run('a')).exitCode).toBe(10);
  const times = ({ applied }: SmallWorld) =>
    applied.map(({ at, weight }) => [at - (applied[0]?.at ?? 0), weight]);
  expect(times(world)).toEqual(times(plain));
});

test('a candidate that turns bad while a gate thinks is rolled back', async () => {
  const later: Traffic = {
    perSecond: 200,
    errors: (t) => ({ baseline: 0.002, candidate: t > 900 ? 0.2 : 0.002 }),
  };
  const world = SmallWorld.inMemory(short, later);
  world.hooks = hanging(world);
  expect((await world.run('a')).exitCode).toBe(10);
  expect(world.applied.map(({ weight }) => weight)).toEqual([10, 0]);
  const back = (world.applied[1]?.at ?? 0) - (world.applied[0]?.at ?? 0);
  expect(back).toBeGreaterThan(880_000);
  expect(back).toBeLessThan(1_080_000);
  expect(world.shown).toContainEqual(
    expect.objectContaining({ type: 'rollout', detail: 'step 2 waits for the yes of a gate' }),
  );
});

test('each transition is told once, even while the rollout waits for somebody', async () => {
  const gated = { ...short, steps: [step(10), step(50, true), step(100)], deadline: 1_800_000 };
  const world = SmallWorld.inMemory(gated, healthy);
  expect((await world.run('a')).exitCode).toBe(11);
  const keys = world.told.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.length).toBeLessThan(8);
  expect(keys[0]).toBe('shop/reviews-v2/1/0/at-0');
  expect(keys.at(-1)).toBe('shop/reviews-v2/1/0/held-0');
  const waits = world.shown.filter((one) => one.type === 'rollout' && one.detail?.includes('waits') === true);
  expect(waits).toHaveLength(1);
});

test('a later runner gives a transition the same key', async () => {
  const whole = SmallWorld.inMemory(short, healthy);
  await whole.run('a');
  const keys = new Set(whole.told.map(({ key }) => key));
  expect(keys).toContain('shop/reviews-v2/1/2/end');
  for (let at = 5; at < 150; at += 7) {
    const world = SmallWorld.inMemory(short, healthy);
    await world.runKilled('a', at);
    const before = world.told.length;
    await world.run('b');
    // The readings of both runs have different moments; only keys without a moment are equal in all runs.
    const told = world.told.map(({ key }) => key);
    const steps = told.filter((key) => !key.includes('verdict'));
    expect([at, steps.filter((key) => !keys.has(key))]).toEqual([at, []]);
    const last = told.slice(0, before).findLast((key) => key.includes('verdict'));
    const first = told.slice(before).find((key) => key.includes('verdict'));
    const textOf = (key = '') =>
      key
        .split('/')
        .at(-1)
        ?.replace(/-[\d.]+$/, '');
    const stepOf = (key = '') => key.split('/')[3];
    if (last !== undefined && textOf(last) === textOf(first) && stepOf(last) === stepOf(first))
      expect([at, first]).toEqual([at, last]);
  }
});
