import { expect, test } from 'vitest';
import { jointRecord } from '../../../../src/core/canary/record/joint-record.ts';
import type { RolloutRecord } from '../../../../src/core/canary/record/rollout-record.ts';
import { beginAttempt, continueAttempt } from '../../../../src/core/canary/run/attempt.ts';
import { origin } from '../../semantics/mesh.ts';
import { rollout } from '../rollouts.ts';
import { SmallWorld, type Traffic } from './small-world.ts';

const short = rollout({
  steps: [10, 50, 100].map((weight) => ({ origin, weight, hold: 0, approval: false })),
  judge: { ...rollout().judge, interval: 15_000 },
});
const healthy: Traffic = { perSecond: 200, errors: () => ({ baseline: 0.002, candidate: 0.002 }) };
const bad: Traffic = { perSecond: 200, errors: () => ({ baseline: 0.002, candidate: 0.2 }) };

function twoTargets(traffic: Traffic): SmallWorld {
  const world = SmallWorld.inMemory(short, traffic);
  world.addTarget();
  return world;
}

const weightsOf = ({ weight, others }: SmallWorld) => [weight, ...others.map((other) => other.weight)];

test('one verdict moves both targets, to the candidate and back', async () => {
  const up = twoTargets(healthy);
  expect([(await up.run('a')).exitCode, weightsOf(up)]).toEqual([0, [100, 100]]);
  const down = twoTargets(bad);
  expect([(await down.run('a')).exitCode, weightsOf(down)]).toEqual([10, [0, 0]]);
});

test.each([0, 1])('target %i out of reach at a step: both hold, and continue together', async (lost) => {
  const world = twoTargets(healthy);
  world.isLost = (target, written) => target === lost && written?.step === 1;
  const end = await world.run('a');
  expect(end.exitCode).toBe(11);
  expect(end.message).toContain(`target ${String(lost)}: no way there`);
  expect(weightsOf(world)).toEqual([10, 10]);
  expect(world.told.at(-1)?.record).toMatchObject({ state: 'held', step: 0 });
  world.isLost = () => false;
  await world.everywhere((record) => continueAttempt(record, world.clock.now()));
  expect([(await world.run('b')).exitCode, weightsOf(world)]).toEqual([0, [100, 100]]);
});

test.each([0, 1])('target %i out of reach of readings: both hold', async (lost) => {
  const world = twoTargets(healthy);
  world.isLost = (target, written) => target === lost && written === undefined && world.now % 7 === 0;
  expect((await world.run('a')).exitCode).toBe(11);
  expect(new Set(weightsOf(world)).size).toBe(1);
});

test.each([0, 1])(
  'a rollback reaches all targets but %i, ends with 12, and is finished later',
  async (lost) => {
    const world = twoTargets(bad);
    world.isLost = (target, written) => target === lost && written?.state === 'rolling-back';
    const end = await world.run('a');
    expect(end.exitCode).toBe(12);
    expect(end.message).toContain(`target ${String(lost)}: no way there`);
    expect(weightsOf(world)).toEqual(lost === 0 ? [10, 0] : [0, 10]);
    world.isLost = () => false;
    expect([(await world.run('b')).exitCode, weightsOf(world)]).toEqual([10, [0, 0]]);
    expect(await world.record()).toMatchObject({ state: 'rolled-back', weights: {} });
  },
);

test('of several records the latest attempt counts, and a record on its way back before others', () => {
  const begun = beginAttempt(short, 'judged', undefined, '2026-01-01T00:00:00.000Z');
  const of = (state: RolloutRecord['state'], attempt = 1): RolloutRecord => ({ ...begun, state, attempt });
  expect(jointRecord([])).toBeUndefined();
  expect(jointRecord([of('running'), of('rolling-back')])?.state).toBe('rolling-back');
  expect(jointRecord([of('rolled-back'), of('rolling-back')])?.state).toBe('rolling-back');
  expect(jointRecord([of('promoted'), of('running')])?.state).toBe('running');
  expect(jointRecord([of('held'), of('running')])?.state).toBe('held');
  expect(jointRecord([of('running', 2), of('rolling-back', 1)])?.attempt).toBe(2);
});
