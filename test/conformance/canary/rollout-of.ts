import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Rollout } from '../../../src/core/ir/rollout.ts';

/** Returns the mesh with a rollout of `shop/api` from v1 to v2, whatever its rules give either. */
export function withRollout(ir: Ir): Ir {
  return { ...ir, rollouts: { 'shop/api': rolloutOf(ir) } };
}

function rolloutOf({ origin }: Ir): Rollout {
  return {
    origin,
    id: 'shop/api',
    namespace: 'shop',
    name: 'api',
    services: ['shop/api'],
    from: 'v1',
    to: 'v2',
    strategy: 'canary',
    steps: [{ origin, weight: 100, hold: 0, approval: false }],
    pace: 'evidence',
    judge: {
      source: 'both',
      interval: 5000,
      slo: 0.99,
      bad: ['5xx', 'grpc', 'reset', 'timeout'],
      latency: { quantile: 0.99, max: 700 },
      custom: [],
      wrongRollback: 0.01,
      wrongPromotion: 0.05,
      atLeast: 3,
    },
    on: { fail: 'rollback', inconclusive: 'hold', blind: 'hold', runnerLost: 'hold' },
    deadline: 7_200_000,
    maxWeightUnattended: 25,
    targets: ['local'],
    hooks: [],
  };
}
