import { describe, expect, test } from 'vitest';
import { policyOf } from '../../../../src/core/canary/judge/policy-of.ts';
import { verdictOf } from '../../../../src/core/canary/judge/verdict-of.ts';
import { isEvidence } from '../../../../src/core/canary/run/journal-line.ts';
import { progressOf } from '../../../../src/core/canary/run/progress.ts';
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

describe('a run', () => {
  test('takes each step by the evidence, waits for acceptance before the last one, and promotes', async () => {
    const world = await SmallWorld.make(short, healthy);
    const end = await world.run('a');
    expect(end.exitCode).toBe(0);
    expect(end.message).toContain('v2 is promoted');
    expect(world.applied.map(({ weight }) => weight)).toEqual([10, 50, 100]);
    const record = await world.record();
    expect(record).toMatchObject({ state: 'promoted', step: 2, attempt: 1 });
    expect(record).not.toHaveProperty('runner');
    // Ten distinct minutes are the least evidence of an acceptance.
    const last = world.applied[2]?.at ?? 0;
    expect(last - (world.applied[0]?.at ?? 0)).toBeGreaterThanOrEqual(600_000);
  });

  test('rolls a bad candidate back within minutes, says why, and does not begin again', async () => {
    const world = await SmallWorld.make(short, bad);
    const end = await world.run('a');
    expect(end.exitCode).toBe(10);
    expect(world.applied.map(({ weight }) => weight)).toEqual([10, 0]);
    expect((world.applied[1]?.at ?? 0) - (world.applied[0]?.at ?? 0)).toBeLessThan(120_000);
    const record = await world.record();
    expect(record).toMatchObject({ state: 'rolled-back', weights: {}, reason: expect.stringMatching(/./) });
    expect(world.told.at(-1)).toMatchObject({ on: 'end', key: 'shop/reviews-v2/1/0/end' });
  });

  test('holds at the deadline if nothing can be read, and never rolls back for this reason', async () => {
    const world = SmallWorld.inMemory(short, { ...healthy, isBlind: (t) => t > 0 });
    const end = await world.run('a');
    expect(end.exitCode).toBe(11);
    expect(await world.record()).toMatchObject({ state: 'held', weights: { 'shop/reviews': 10 } });
    expect(world.weight).toBe(10);
  });

  test('holds at a weight of at most maxWeightUnattended', async () => {
    const high = { ...short, steps: [step(60), step(100)], deadline: 700_000 };
    const world = await SmallWorld.make(high, { ...healthy, isBlind: (t) => t > 60 });
    expect((await world.run('a')).exitCode).toBe(11);
    expect(world.applied.map(({ weight }) => weight)).toEqual([60, 25]);
    expect(await world.record()).toMatchObject({ state: 'held', weights: { 'shop/reviews': 25 } });
  });

  test('waits for approval, and goes on when somebody promotes', async () => {
    const gated = { ...short, steps: [step(10), step(50, { approval: true }), step(100)] };
    const world = await SmallWorld.make(gated, healthy);
    let asked = 0;
    world.onSleep = async () => {
      asked += 1;
      if (asked === 40)
        await world.elsewhere((record) => ({
          ...record,
          wishes: [{ action: 'promote', by: 'ann@laptop', at: new Date(world.now).toISOString() }],
        }));
    };
    expect((await world.run('a')).exitCode).toBe(0);
    const [first, second] = world.applied;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(39 * 7500);
    expect(
      world.shown.some(
        (one) => one.type === 'rollout' && one.detail?.includes('mesh canary promote') === true,
      ),
    ).toBe(true);
  });

  test('shows a verdict with each reading, and tells hooks and people each change once', async () => {
    const gated = { ...short, steps: [step(10), step(50, { approval: true }), step(100)] };
    const world = SmallWorld.inMemory({ ...gated, deadline: 1_200_000 }, healthy);
    expect((await world.run('a')).exitCode).toBe(11);
    const count = (type: string) => world.shown.filter((one) => one.type === type).length;
    expect(count('observation')).toBeGreaterThan(70);
    expect(count('verdict')).toBe(count('observation'));
    const waits = world.shown.filter((one) => one.type === 'rollout' && one.detail?.includes('waits'));
    expect(waits).toHaveLength(1);
    const told = world.told.flatMap(({ on, verdict }) =>
      on === 'verdict' ? [`${String(verdict?.verdict)} ${String(verdict?.reason.code)}`] : [],
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((one, i) => one === told[i - 1])).toEqual([]);
  });

  test('says how many of the ten minutes for acceptance have passed', async () => {
    const world = SmallWorld.inMemory(short, healthy);
    expect((await world.run('a')).exitCode).toBe(0);
    const messages = world.shown.flatMap((one) =>
      one.type === 'verdict' && one.verdict.reason.code === 'power' ? [one.verdict.reason.message] : [],
    );
    const minutes = messages.map((message) => Number(/10 minutes .* so far (\d+): /.exec(message)?.[1]));
    expect(new Set(minutes)).toEqual(new Set(Array.from({ length: 10 }, (_, minute) => minute)));
    expect(minutes).toEqual([...minutes].sort((one, other) => one - other));
  });

  test('takes the next step after the time that it has shown', async () => {
    const world = SmallWorld.inMemory(
      { ...short, steps: [step(10), step(50, { hold: 200_000 }), step(100)] },
      healthy,
    );
    expect((await world.run('a')).exitCode).toBe(0);
    const [first = 0, second = 0, third = 0] = world.applied.map(({ at }) => at);
    const shown = world.shown.flatMap((one) =>
      one.type === 'verdict' && one.timeLeft !== undefined
        ? [{ at: one.verdict.at, end: first + (one.verdict.at + one.timeLeft) * 1000 }]
        : [],
    );
    const interval = 15_000;
    const [climbing, waiting] = [true, false].map((early) =>
      shown.filter(({ at }) => first + at * 1000 < second === early),
    );
    expect(climbing?.length).toBeGreaterThan(0);
    for (const { end } of climbing ?? []) expect(Math.abs(end - second)).toBeLessThanOrEqual(interval);
    // The last step waits for ten minutes of evidence here.
    expect(waiting?.length).toBeGreaterThan(20);
    for (const { end } of waiting ?? []) expect(Math.abs(end - third)).toBeLessThanOrEqual(interval);
  });

  test.each([
    ['no', 11, [10]],
    ['unsure', 11, [10]],
  ] as const)('a gate that answers %s is not passed', async (answer, code, weights) => {
    const world = SmallWorld.inMemory({ ...short, deadline: 1_200_000 }, healthy);
    world.gate = ({ record }) => (record.step === -1 ? 'yes' : answer);
    expect((await world.run('a')).exitCode).toBe(code);
    expect(world.applied.map(({ weight }) => weight)).toEqual([...weights]);
  });

  test('a step that proxies refuse is rolled back', async () => {
    const world = await SmallWorld.make(short, healthy);
    world.fails = ({ step: at, state }) =>
      at === 1 && state === 'running' ? 'a proxy rejected it' : undefined;
    const end = await world.run('a');
    expect(end).toMatchObject({ exitCode: 10, message: expect.stringContaining('a proxy rejected it') });
    expect(world.weight).toBe(0);
  });

  test('a rollback that nobody confirms ends with 12, and the next run finishes it', async () => {
    const world: SmallWorld = SmallWorld.inMemory(short, {
      ...bad,
      isBlind: () => world.applied.length > 1,
    });
    world.unseen = ['web-0'];
    const end = await world.run('a');
    expect(end.exitCode).toBe(12);
    expect(await world.record()).toMatchObject({ state: 'rolling-back', weights: {} });
    world.unseen = [];
    expect((await world.run('b')).exitCode).toBe(10);
  });
});

describe('wishes from another machine', () => {
  const command = (action: 'abort' | 'pause' | 'promote' | 'resume', at: string, full = false) => ({
    action,
    full,
    by: 'ann@laptop',
    at,
  });

  test('pause keeps the weight and stops the time, resume continues, abort rolls back', async () => {
    const world = SmallWorld.inMemory(short, { ...healthy, perSecond: 20 });
    let sleeps = 0;
    world.onSleep = async () => {
      sleeps += 1;
      const at = new Date(world.now).toISOString();
      if (sleeps === 5)
        await world.elsewhere((record) => ({
          ...record,
          wishes: [command('promote', at), command('pause', at)],
        }));
      if (sleeps === 1005) {
        expect(await world.record()).toMatchObject({ state: 'paused', weights: { 'shop/reviews': 10 } });
        await world.elsewhere((record) => ({ ...record, wishes: [command('resume', at)] }));
      }
      if (sleeps === 1010)
        await world.elsewhere((record) => ({
          ...record,
          wishes: [command('resume', at), command('abort', at)],
        }));
    };
    const end = await world.run('a');
    expect(end).toMatchObject({ exitCode: 10, message: expect.stringContaining('ann@laptop aborted it') });
    expect(world.weight).toBe(0);
    expect((world.applied[1]?.at ?? 0) - (world.applied[0]?.at ?? 0)).toBeGreaterThan(10_000_000);
    const readings = (await world.world(new AbortController().signal).journal(1)).flatMap((line) =>
      'reading' in line ? [line.t] : [],
    );
    // The attempt's time excludes 1,000 pauses of 10 s.
    expect(Math.max(...readings)).toBeLessThan(300);
  });

  test('promote --full passes every gate, but no verdict `fail`', async () => {
    const world = await SmallWorld.make(short, healthy);
    world.onSleep = async () =>
      world.elsewhere((record) => ({
        ...record,
        wishes: [command('promote', new Date(world.now).toISOString(), true)],
      }));
    expect((await world.run('a')).exitCode).toBe(0);
    expect((world.applied.at(-1)?.at ?? 0) - (world.applied[0]?.at ?? 0)).toBeLessThan(120_000);
  });

  test('a signal ends the runner with one write, and another runner continues', async () => {
    const high = { ...short, steps: [step(60), step(100)] };
    const world = await SmallWorld.make(high, healthy);
    const aborting = new AbortController();
    let sleeps = 0;
    world.onSleep = () => {
      sleeps += 1;
      if (sleeps === 4) aborting.abort(143);
      return Promise.resolve();
    };
    expect((await world.run('a', aborting.signal)).exitCode).toBe(143);
    expect(await world.record()).toMatchObject({ state: 'running', weights: { 'shop/reviews': 25 } });
    expect((await world.record())?.runner).toBeUndefined();
    world.onSleep = undefined;
    expect((await world.run('b')).exitCode).toBe(0);
    expect(world.applied.map(({ weight }) => weight)).toEqual([60, 25, 60, 100]);
  });
});

describe('two runners', () => {
  test('the older one stops with 6, and its late lines are ignored', async () => {
    const world = await SmallWorld.make(short, healthy);
    let sleeps = 0;
    world.onSleep = async () => {
      sleeps += 1;
      if (sleeps === 10)
        await world.elsewhere((record) => ({ ...record, runner: { id: 'b', holder: 'b@host', epoch: 99 } }));
    };
    expect((await world.run('a')).exitCode).toBe(6);
    const signal = new AbortController().signal;
    const before = await world.world(signal).journal(1);
    await world.world(signal).append(1, 99, [{ t: 200, alive: 'x' }]);
    await world.world(signal).append(1, 1, [{ t: 201, weight: 77 }]);
    expect(await world.world(signal).journal(1)).toEqual([...before, { t: 200, alive: 'x' }]);
  });
});

describe('kill -9 at each boundary of record, weights and journal', () => {
  test.each([
    ['a promotion', healthy],
    ['a rollback', bad],
  ])(
    '%s ends with the same configuration as without a kill',
    { timeout: 300_000 },
    async (_name, traffic) => {
      // Few readings keep the number of boundaries small.
      const quick = { ...short, judge: { ...short.judge, interval: 60_000 }, pace: 'evidence' as const };
      const whole = SmallWorld.inMemory(quick, traffic);
      const end = await whole.run('a');
      const boundaries = whole.boundaries;
      expect(boundaries).toBeGreaterThan(20);
      for (let at = 4; at <= boundaries; at += 1) {
        // Some boundaries are tried on a real disk.
        const world =
          at % 13 === 0 ? await SmallWorld.make(quick, traffic) : SmallWorld.inMemory(quick, traffic);
        const first = await world.runKilled('a', at);
        expect(first).toBeUndefined();
        const again = await world.run('b');
        const record = await world.record();
        const ended = record?.state === 'promoted' || record?.state === 'rolled-back';
        expect([at, ended, world.weight]).toEqual([at, true, whole.weight]);
        if (again.exitCode !== 6) expect([at, again.exitCode]).toEqual([at, end.exitCode]);
      }
    },
  );

  test('the verdict is a function of the journal, to the last bit', async () => {
    const world = await SmallWorld.make(short, bad);
    await world.runKilled('a', 30);
    await world.runKilled('b', 25);
    await world.run('c');
    const lines = await world.world(new AbortController().signal).journal(1);
    const policy = policyOf(short);
    const verdict = () => verdictOf(progressOf(policy, lines).judge, { mayPromote: false, isOver: false });
    expect(verdict().verdict).toBe('fail');
    expect(JSON.stringify(verdict())).toBe(JSON.stringify(verdict()));
    const evidence = lines.filter(isEvidence);
    const readings = progressOf(policy, [...evidence, { t: evidence.at(-1)?.t ?? 0, reading: 'now' }]);
    expect(JSON.stringify(verdictOf(readings.judge, { mayPromote: false, isOver: false }))).toBe(
      JSON.stringify(verdict()),
    );
  });
});
