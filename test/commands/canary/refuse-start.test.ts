import { expect, test } from 'vitest';
import { refuseStart } from '../../../src/commands/canary/refuse-start.ts';
import type { PlannedSpec } from '../../../src/commands/delivery/plan-spec.ts';
import { rollout } from '../../core/canary/rollouts.ts';

const parts = {
  hooks: { hasSecret: () => true, send: () => Promise.resolve(200) },
  console: { inputIsTerminal: true },
};

test('a run of several services is refused, because their rollback would not be in reverse order', () => {
  const planned = { wanted: [{}], deliveries: [] } as unknown as PlannedSpec;
  const several = rollout({ services: ['shop/payments', 'shop/checkout'] });
  expect(refuseStart(several, planned, [], {}, parts)).toMatchObject({
    exitCode: 4,
    message: expect.stringContaining('Write a Rollout for each'),
  });
});
