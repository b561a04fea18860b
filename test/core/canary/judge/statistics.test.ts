import { describe, expect, test } from 'vitest';
import { acceptanceTail, acceptedUpTo } from '../../../../src/core/canary/judge/acceptance.ts';
import { binomialTail } from '../../../../src/core/canary/judge/statistics/binomial-tail.ts';
import { logGamma } from '../../../../src/core/canary/judge/statistics/log-gamma.ts';
import { logSum } from '../../../../src/core/canary/judge/statistics/log-sum.ts';
import { negativeBinomialTail } from '../../../../src/core/canary/judge/statistics/negative-binomial-tail.ts';
import { Random } from '../../../canary/simulator/random.ts';

/** Returns P(X ≤ x) by the recurrence of Pascal's triangle: no gamma function, no logarithm. */
function binomialByTriangle(x: number, n: number, p: number): number {
  let row = [1];
  for (let trial = 0; trial < n; trial++)
    row = Array.from({ length: row.length + 1 }, (_, k) => (row[k] ?? 0) * (1 - p) + (row[k - 1] ?? 0) * p);
  return row.slice(0, x + 1).reduce((sum, term) => sum + term, 0);
}

/** Returns P(X ≤ x) as the integral of Poisson tails over gamma weights, by the trapezoid rule in √rate. */
function gammaPoissonByIntegral(x: number, mean: number, shape: number): number {
  const steps = 40_000;
  const highest = Math.sqrt(mean * 40);
  let weights = 0;
  let sum = 0;
  for (let step = 1; step <= steps; step++) {
    const root = (highest * step) / steps;
    const rate = root * root;
    const weight = Math.exp((2 * shape - 1) * Math.log(root) - (shape * rate) / mean);
    let term = Math.exp(-rate);
    let tail = term;
    for (let k = 1; k <= x; k++) {
      term *= rate / k;
      tail += term;
    }
    weights += weight;
    sum += weight * tail;
  }
  return sum / weights;
}

describe('ln Γ', () => {
  test('is ln (n − 1)! for whole numbers', () => {
    let factorial = 0;
    for (let n = 1; n < 400; n++) {
      expect(logGamma(n)).toBeCloseTo(factorial, 9);
      factorial += Math.log(n);
    }
  });

  test('is ln √π at ½, and has its reflections', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
    for (const x of [0.01, 0.2, 0.35, 0.49])
      expect(logGamma(x) + logGamma(1 - x)).toBeCloseTo(Math.log(Math.PI / Math.sin(Math.PI * x)), 12);
  });
});

describe('the tails', () => {
  test.each([
    [0, 300, 0.01],
    [6, 1200, 0.01],
    [47, 600, 0.05],
    [3, 10, 0.5],
    [10, 10, 0.3],
    [200, 400, 0.5],
  ])('of a binomial number: %d of %d at %d', (x, n, p) => {
    expect(binomialTail(x, n, p) / binomialByTriangle(x, n, p)).toBeCloseTo(1, 10);
  });

  test.each([
    [0, 3, 0.5],
    [4, 12, 5],
    [20, 60, 5],
    [80, 60, 0.7],
  ])('of a gamma-Poisson number: %d with mean %d and shape %d', (x, mean, shape) => {
    expect(negativeBinomialTail(x, mean, shape)).toBeCloseTo(gammaPoissonByIntegral(x, mean, shape), 4);
  });

  test('of a large number of requests stay exact', () => {
    const n = 1_000_000;
    const [mean, deviation] = [n * 0.01, Math.sqrt(n * 0.01 * 0.99)];
    expect(binomialTail(Math.round(mean - 2 * deviation), n, 0.01)).toBeCloseTo(0.0228, 3);
  });
});

describe('acceptance', () => {
  /** facts of the binomial distribution: 1,200 requests at 1 %, level 5 %: up to 6 errors. */
  test.each([
    [120, -1],
    [300, 0],
    [600, 1],
    [1200, 6],
    [6000, 47],
  ])('of %d requests takes up to %d errors at an SLO of 99 %% and 5 %%', (requests, most) => {
    const sample = { requests, bad: 0, squares: 0, variation: 0 };
    const found = acceptedUpTo(sample, 0.01, 0.05);
    expect(found).toBe(most);
    if (most >= 0) expect(acceptanceTail({ ...sample, bad: most }, 0.01)).toBeLessThanOrEqual(0.05);
    expect(acceptanceTail({ ...sample, bad: most + 1 }, 0.01)).toBeGreaterThan(0.05);
  });

  test('with bursts is stricter, never laxer', () => {
    for (const variation of [0, 0.1, 1, 2]) {
      const bursty = { requests: 6000, bad: 0, squares: 10 * 600 * 600, variation };
      expect(acceptedUpTo(bursty, 0.01, 0.03)).toBeLessThanOrEqual(
        acceptedUpTo({ ...bursty, variation: 0 }, 0.01, 0.03),
      );
    }
  });
});

test('a sum of logarithms neither overflows nor loses an empty list', () => {
  expect(logSum([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12);
  expect(logSum([])).toBe(Number.NEGATIVE_INFINITY);
});

test('the random numbers of the simulator have their means and variances', () => {
  const random = new Random('moments', 0);
  const moments = (draw: () => number): readonly [number, number] => {
    const values = Array.from({ length: 20_000 }, draw);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length];
  };
  const near = ([mean, variance]: readonly [number, number], m: number, v: number): void => {
    expect(Math.abs(mean / m - 1)).toBeLessThan(0.05);
    expect(Math.abs(variance / v - 1)).toBeLessThan(0.12);
  };
  near(
    moments(() => random.gamma(0.5)),
    1,
    2,
  );
  near(
    moments(() => random.poisson(7)),
    7,
    7,
  );
  near(
    moments(() => random.poisson(1500)),
    1500,
    1500,
  );
  near(
    moments(() => random.binomial(1500, 0.002)),
    3,
    2.994,
  );
  near(
    moments(() => random.binomial(1500, 0.3)),
    450,
    315,
  );
});
