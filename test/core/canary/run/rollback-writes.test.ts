import { expect, test } from 'vitest';
import { rampDown, rollbackWrites } from '../../../../src/core/canary/run/rollback-writes.ts';

test.each([
  [0, [0]],
  [5, [0]],
  [50, [0]],
  [60, [20, 0]],
  [75, [50, 0]],
  [80, [60, 20, 0]],
  [90, [75, 50, 0]],
  [100, [75, 50, 0]],
])('a way back from %i % goes through %j', (share, shares) => {
  expect(rampDown(share)).toEqual(shares);
});

test('a write at most doubles the load of `from`, or gives it a quarter of all requests', () => {
  for (let share = 0.0001; share <= 100; share += 0.37) {
    let load = 100 - share;
    for (const left of rampDown(share)) {
      expect(100 - left).toBeLessThanOrEqual(Math.max(2 * load, 25) + 1e-9);
      load = 100 - left;
    }
    expect(load).toBe(100);
  }
});

test('several services go back in reverse, and a rollback under way continues with its rest', () => {
  const services = ['shop/payments', 'shop/checkout'];
  const weights = { 'shop/payments': 60, 'shop/checkout': 60 };
  const way = rollbackWrites(services, { state: 'running', weights });
  expect(way.map(({ weights }) => weights)).toEqual([
    { 'shop/payments': 60, 'shop/checkout': 20 },
    { 'shop/payments': 60, 'shop/checkout': 0 },
    { 'shop/payments': 20, 'shop/checkout': 0 },
    {},
  ]);
  expect(way.map(({ isRamp }) => isRamp)).toEqual([true, false, true, false]);
  way.slice(0, -1).forEach((point, i) => {
    const rest = rollbackWrites(services, { state: 'rolling-back', weights: point.weights });
    expect(rest).toEqual([{ ...point, isRamp: true }, ...way.slice(i + 1)]);
  });
});
