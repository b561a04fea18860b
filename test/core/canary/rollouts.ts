import type { Rollout } from '../../../src/core/ir/rollout.ts';
import { origin } from '../semantics/mesh.ts';

/** A canary of `shop/reviews` from v1 to v2 with the defaults of the language. */
export function rollout(parts: Partial<Rollout> = {}): Rollout {
  return {
    origin,
    id: 'shop/reviews-v2',
    namespace: 'shop',
    name: 'reviews-v2',
    services: ['shop/reviews'],
    from: 'v1',
    to: 'v2',
    strategy: 'canary',
    steps: [1, 5, 25, 50, 100].map((weight) => ({ origin, weight, hold: 0, approval: false })),
    pace: 'evidence',
    judge: {
      source: 'scrape',
      interval: 5000,
      slo: 0.99,
      bad: ['5xx', 'grpc', 'reset', 'timeout'],
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
    ...parts,
  };
}
