import { expect, test } from 'vitest';
import { policyOf } from '../../../../src/core/canary/judge/policy-of.ts';
import { rollout } from '../rollouts.ts';

test('the judge knows the affinity of the Rollout, without which requests are drawn one by one', () => {
  expect(policyOf(rollout()).affinity).toBe('none');
  expect(policyOf(rollout({ affinity: 'session' })).affinity).toBe('session');
});

test('the judge counts in seconds, and shares of all services in all targets', () => {
  const policy = policyOf(rollout({ targets: ['a', 'b'] }));
  expect(policy).toMatchObject({
    interval: 5,
    deadline: 7200,
    steps: [{ weight: 1, hold: 0 }, {}, {}, {}, {}],
  });
  expect(policy.parts).toEqual([
    { service: 'shop/reviews', target: 'a' },
    { service: 'shop/reviews', target: 'b' },
  ]);
});
