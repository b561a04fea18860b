import type { CanaryEvent } from '../../../../src/core/canary/progress/canary-event.ts';

/** An event of a rollout of `shop/reviews` on its way. */
export const step = (number: number, weight: number, more: object = {}): CanaryEvent => ({
  type: 'rollout',
  rollout: 'shop/reviews-v2',
  attempt: 1,
  step: number,
  steps: 5,
  state: 'watching',
  weights: { 'shop/reviews': weight },
  until: '2026-01-01T02:00:00.000Z',
  ...more,
});

/** A reading, with the totals of both arms. */
export const reading = (
  t: number,
  [requests, errors]: readonly [number, number],
  [tried, bad]: readonly [number, number],
): CanaryEvent => ({
  type: 'observation',
  rollout: 'shop/reviews-v2',
  t,
  baseline: { requests, errors },
  candidate: { requests: tried, errors: bad },
});

/** A verdict with its evidence on the way to the bounds 5 and 3. */
export const verdict = (
  word: 'watching' | 'hold' | 'fail' | 'pass',
  logE: number,
  more: object = {},
): CanaryEvent => ({
  type: 'verdict',
  rollout: 'shop/reviews-v2',
  verdict: word,
  at: 60,
  code: word === 'fail' ? 'fast' : 'power',
  message: 'the evidence is E = 12 of 150',
  fast: { logE, bound: 5 },
  hold: { logE, bound: 3 },
  ...more,
});
