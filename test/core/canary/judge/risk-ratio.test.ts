import { describe, expect, test } from 'vitest';
import {
  addSpread,
  dispersionOf,
  noSpread,
  squaredVariation,
} from '../../../../src/core/canary/judge/dispersion.ts';
import { emptyPeriod, type Period } from '../../../../src/core/canary/judge/period.ts';
import {
  fastMixture,
  holdMixture,
  logRatios,
  startWeight,
} from '../../../../src/core/canary/judge/risk-ratio.ts';
import { addToShareCheck, beginShareCheck } from '../../../../src/core/canary/judge/share-check.ts';
import { slowBound, slowRho } from '../../../../src/core/canary/judge/slow-lane.ts';
import { stepSample } from '../../../../src/core/canary/judge/step-sample.ts';
import { policy } from '../../../canary/bars/policy.ts';
import { Random } from '../../../canary/simulator/random.ts';

function period(
  candidate: readonly [number, number],
  baseline: readonly (readonly [number, number])[],
): Period {
  const made = emptyPeriod(0, 10, 1);
  const fill = (arm: Period['candidate'], cells: readonly (readonly [number, number])[]) => {
    for (const [requests, bad] of cells) {
      arm.requests += requests;
      arm.bad[0] = (arm.bad[0] ?? 0) + bad;
      arm.instances += 1;
      arm.squares += requests * requests;
    }
  };
  fill(made.candidate, [candidate]);
  fill(made.baseline, baseline);
  made.quotients[0] = baseline.reduce((sum, [requests, bad]) => sum + (bad * bad) / requests, 0);
  return made;
}

function binomial(n: number, k: number, p: number): number {
  let choose = 1;
  for (let i = 1; i <= k; i++) choose *= (n - k + i) / i;
  return choose * p ** k * (1 - p) ** (n - k);
}

describe('the likelihood ratio', () => {
  test.each([
    [0.02, 0.02],
    [0.3, 0.1],
    [0.06, 0.02],
    [0.9, 0.3],
  ])('has an expectation of at most 1 if the candidate fails in %d and the baseline in %d', (pc, pb) => {
    const [nc, nb] = [12, 25];
    for (const mixture of [fastMixture(3), ...(pc === pb ? [holdMixture] : [])]) {
      const expectations = mixture.risks.map(() => 0);
      for (let xc = 0; xc <= nc; xc++)
        for (let xb = 0; xb <= nb; xb++) {
          const chance = binomial(nc, xc, pc) * binomial(nb, xb, pb);
          const ratios = logRatios(period([nc, xc], [[nb, xb]]), 0, mixture);
          for (const [k, ratio] of ratios.entries())
            expectations[k] = (expectations[k] ?? 0) + chance * Math.exp(ratio);
        }
      for (const expectation of expectations) expect(expectation).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  test('is that of two binomial distributions given the sum', () => {
    const [ratio = 0] = logRatios(period([100, 4], [[900, 6]]), 0, fastMixture(3));
    const share = (risk: number) => (risk * 100) / (risk * 100 + 900);
    expect(ratio).toBeCloseTo(Math.log(binomial(10, 4, share(5)) / binomial(10, 4, share(3))), 10);
  });
});

test('the prior weights of beginnings sum to 1', () => {
  let sum = 0;
  for (let index = 0; index < 1_000_000; index++) sum += startWeight(index);
  expect(sum).toBeLessThanOrEqual(1 + 1e-9);
  expect(sum).toBeGreaterThan(0.99999);
});

describe('dispersion', () => {
  test('is that of Pearson, and 1 without bursts', () => {
    const cells = [
      [100, 5],
      [200, 3],
      [50, 0],
      [150, 8],
    ] as const;
    const rate = 16 / 500;
    const chi2 = cells.reduce((sum, [n, x]) => sum + (x - n * rate) ** 2 / (n * rate), 0);
    const sums = addSpread(noSpread, period([10, 0], cells), 0);
    expect(sums.chi2).toBeCloseTo(chi2, 10);
    expect(sums.freedom).toBe(3);
    expect(dispersionOf(period([10, 0], cells), 0, 0)).toBe(1);
  });

  test('finds the variation of gamma multipliers, and none in independent errors', () => {
    for (const [shape, variation] of [
      [0.5, 2],
      [undefined, 0],
    ] as const) {
      const random = new Random('dispersion', shape === undefined ? 0 : 1);
      let sums = noSpread;
      for (let minute = 0; minute < 400; minute++) {
        const cells = Array.from({ length: 10 }, () => {
          const requests = 540 + random.poisson(20);
          const rate = 0.02 * (shape === undefined ? 1 : random.gamma(shape));
          return [requests, random.poisson(requests * rate)] as const;
        });
        sums = addSpread(sums, period([10, 0], cells), 0);
      }
      expect(Math.abs(squaredVariation(sums, 0) - variation)).toBeLessThan(0.25);
    }
  });
});

test('the slow boundary is passed by a fair walk in at most α of runs', () => {
  const alpha = 0.05;
  const runs = 600;
  let crossed = 0;
  for (let run = 0; run < runs; run++) {
    const random = new Random('walk', run);
    let sum = 0;
    for (let step = 1; step <= 300; step++) {
      sum += random.normal();
      if (sum < slowBound(step, slowRho(20, alpha), alpha, 0)) continue;
      crossed += 1;
      break;
    }
  }
  // Three standard deviations of a share of 5 % above 5 %.
  expect(crossed / runs).toBeLessThan(alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / runs));
});

test('the share check adds the likelihood ratios of binomial counts', () => {
  const check = addToShareCheck(beginShareCheck('both', 0.1, 0.1), 7, 20);
  const wrong = (2 * 0.1) / (2 * 0.1 + 0.9);
  expect(check.logs[2]).toBeCloseTo(Math.log(binomial(27, 7, wrong) / binomial(27, 7, 0.1)), 10);
});

test('the sample of a step is what the fast lane needs for ten times the errors', () => {
  const sample = stepSample(policy, 0.002, 9);
  const requests = { candidate: sample, baseline: 9 * sample };
  const expected = period(
    [requests.candidate, sample * 0.02],
    [[requests.baseline, requests.baseline * 0.002]],
  );
  const [, ratio = 0] = logRatios(expected, 0, fastMixture(3));
  expect(ratio).toBeGreaterThanOrEqual(Math.log(150) - Math.log(0.55));
  expect(ratio).toBeLessThan(Math.log(150) - Math.log(0.55) + 0.02);
});
