import type { Period } from './period.ts';
import { logSum } from './statistics/log-sum.ts';

/** The alternatives of a test against a relative risk: risks with their prior weights, which sum to 1. */
export interface Mixture {
  readonly against: number;
  readonly risks: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Returns ln of the likelihood ratio of each alternative for one period. Given the sum of bad requests, the
 * candidate's are binomial with share π(r) = r n_c / (r n_c + n_b) at relative risk r:
 * x_c ln(π(r) / π(r₀)) + x_b ln((1 − π(r)) / (1 − π(r₀))). Its exponential has expectation ≤ 1 for every candidate
 * whose risk is at most r₀ times the baseline's (docs/canary-judge.md has the proof).
 */
export function logRatios({ candidate, baseline }: Period, criterion: number, mixture: Mixture): number[] {
  const share = (risk: number): number =>
    (risk * candidate.requests) / (risk * candidate.requests + baseline.requests);
  if (candidate.requests === 0 || baseline.requests === 0) return mixture.risks.map(() => 0);
  const bad = candidate.bad[criterion] ?? 0;
  const other = baseline.bad[criterion] ?? 0;
  const null_ = share(mixture.against);
  return mixture.risks.map((risk) => {
    const alternative = share(risk);
    return bad * Math.log(alternative / null_) + other * Math.log((1 - alternative) / (1 - null_));
  });
}

/** Stands for ln 0; finite, since JSON has no infinity. */
const none = -1e300;

/** Returns ln of each alternative's evidence before the first period. */
export function noEvidence(): number[] {
  return [none, none, none, none];
}

/**
 * The prior weight of a regression that exists from the beginning. The rest of the weight is spread over the periods,
 * so that a later regression is found soon, too.
 */
const fromTheBeginning = 0.97;

/** The number of periods with which half of the rest is spent. */
const spread = 60;

/** Returns the prior weight of a regression that begins with period `index`; the weights of all periods sum to 1. */
export function startWeight(index: number): number {
  if (index === 0) return fromTheBeginning;
  return ((1 - fromTheBeginning) * spread) / ((index + spread - 1) * (index + spread));
}

/**
 * Returns ln of each alternative's evidence after one more period: the recursion of Shiryaev and Roberts with prior
 * weights, R ← (R + w) × ratio, which sums the evidence since each possible beginning.
 */
export function withPeriod(logs: readonly number[], index: number, ratios: readonly number[]): number[] {
  const start = Math.log(startWeight(index));
  return logs.map((log, k) => logSum([log, start]) + (ratios[k] ?? 0));
}

/** Returns ln E of a mixture: Σ weight × evidence. Beginnings yet to come are left out, which lowers E. */
export function logEvidence(logs: readonly number[], { weights }: Mixture): number {
  return logSum(logs.map((log, k) => log + Math.log(weights[k] ?? 0)));
}

/** The test of the fast lane against `atLeast`. */
export function fastMixture(atLeast: number): Mixture {
  return {
    against: atLeast,
    risks: [5 / 3, 10 / 3, 25 / 3, 100 / 3].map((factor) => factor * atLeast),
    weights: [0.2, 0.55, 0.2, 0.05],
  };
}

/** The test of the hold signal, against a risk that is no higher than the baseline's. */
export const holdMixture: Mixture = {
  against: 1,
  risks: [2, 5, 10, 25],
  weights: [0.25, 0.45, 0.2, 0.1],
};
