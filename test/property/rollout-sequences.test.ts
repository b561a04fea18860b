import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rollout } from '../core/canary/rollouts.ts';
import { type Action, RolloutLife, type Run } from '../core/canary/run/rollout-life.ts';
import { SmallWorld, type Traffic } from '../core/canary/run/small-world.ts';
import { origin } from '../core/semantics/mesh.ts';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 0x7fff_ffff);
const numRuns = Number(process.env['SEQUENCES'] ?? 100);

const base = rollout();
const short = rollout({
  steps: [10, 60, 100].map((weight) => ({ origin, weight, hold: 0, approval: false })),
  judge: { ...base.judge, interval: 15_000 },
  deadline: 2_400_000,
});

const healthy: Traffic = { perSecond: 200, errors: () => ({ baseline: 0.002, candidate: 0.002 }) };
const bad: Traffic = { perSecond: 200, errors: () => ({ baseline: 0.002, candidate: 0.2 }) };
const late: Traffic = {
  perSecond: 200,
  errors: (t) => ({ baseline: 0.002, candidate: t > 800 ? 0.2 : 0.002 }),
};
const blind: Traffic = { ...healthy, isBlind: (t) => t > 100 };
const kinds = { healthy, bad, late, blind };

const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constantFrom('pause', 'resume', 'promote', 'abort'), full: fc.boolean() }),
  fc.record({ do: fc.constantFrom('guard', 'apply', 'rollback', 'restart') }),
  fc.record({ do: fc.constant('drift'), weight: fc.constantFrom(0, 33, 100) }),
  fc.record({ do: fc.constant('wait'), seconds: fc.constantFrom(5, 61, 7200) }),
);

const runs: fc.Arbitrary<Run> = fc.record(
  {
    do: fc.constant('run'),
    retry: fc.boolean(),
    killAt: fc.integer({ min: 1, max: 150 }),
    during: fc.array(fc.record({ sleep: fc.integer({ min: 1, max: 90 }), action: actions }), {
      maxLength: 4,
    }),
  },
  { requiredKeys: ['do', 'retry', 'during'] },
);

const sequences = fc.array(fc.oneof(runs, actions), { minLength: 2, maxLength: 10 });

test('after any sequence of people, guards and kills the record explains every weight, and a next rollout can start', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('healthy', 'bad', 'late', 'blind'),
      sequences,
      async (kind, sequence) => {
        const world = SmallWorld.inMemory(short, kinds[kind]);
        const life = new RolloutLife(world);
        for (const one of sequence) await life.take(one);

        // A guard after a minute, and a later apply, finish everything that a kill has interrupted.
        world.now += 61_000;
        await life.act({ do: 'guard' });
        await life.act({ do: 'apply' });
        expect(world.weight).toBe(await life.explained());
        const settled = await world.record();
        expect(settled?.state).not.toBe('rolling-back');
        if (settled !== undefined && settled.state !== 'promoted')
          expect(world.weight).toBeLessThanOrEqual(short.maxWeightUnattended);

        // The next rollout starts, and reaches its end.
        world.traffic = healthy;
        world.judged = 'another version';
        await life.act({ do: 'abort' });
        const end = await life.run({ retry: true, during: [] });
        expect([end?.exitCode, end?.message]).toEqual([0, expect.stringContaining('promoted')]);
        expect(world.weight).toBe(100);
      },
    ),
    { numRuns, seed },
  );
});
