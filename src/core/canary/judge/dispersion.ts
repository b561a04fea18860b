import { type ArmCounts, type Period, spreadCounts } from './period.ts';

/** Sums over periods from which the burstiness of the baseline is estimated, for one criterion. */
export interface SpreadSums {
  /** Σ χ² */
  chi2: number;
  /** Σ degrees of freedom */
  freedom: number;
  /** Σ degrees of freedom × mean bad requests per instance */
  weighted: number;
  /** Σ degrees of freedom × instances */
  instances: number;
}

/** Sums without a period. */
export const noSpread: SpreadSums = { chi2: 0, freedom: 0, weighted: 0, instances: 0 };

/**
 * Adds the spread of a period's bad baseline requests over instances: Pearson's χ² = Σ (x − e)² / e with e = X n / N,
 * which is (N / X) Σ x² / n − X. Given X, it is independent of how bad requests divide between the arms.
 */
export function addSpread(
  sums: SpreadSums,
  period: Parameters<typeof spreadCounts>[0],
  criterion: number,
): SpreadSums {
  const { baseline, quotients } = spreadCounts(period, criterion);
  const bad = baseline.bad[criterion] ?? 0;
  const freedom = baseline.instances - 1;
  if (bad <= 0 || freedom < 1) return sums;
  const chi2 = (baseline.requests / bad) * (quotients[criterion] ?? 0) - bad;
  return {
    chi2: sums.chi2 + chi2,
    freedom: sums.freedom + freedom,
    weighted: sums.weighted + (freedom * bad) / baseline.instances,
    instances: sums.instances + freedom * baseline.instances,
  };
}

/**
 * Returns the squared coefficient of variation of the error rate between instances and minutes, cv²: bad requests of
 * one instance and minute have variance μ (1 + cv² μ). Given their sum X over I instances they are
 * Dirichlet-multinomial (Mosimann 1962) with E[χ²] ≈ freedom (1 + v X / I), v = cv² / (1 + cv² / I). Subtracts
 * `deviations` times √(2 freedom), the standard deviation of χ² without bursts, from χ². The result is never below 0.
 */
export function squaredVariation(
  { chi2, freedom, weighted, instances }: SpreadSums,
  deviations: number,
): number {
  if (weighted === 0) return 0;
  const v = Math.max(0, (chi2 - freedom - deviations * Math.sqrt(2 * freedom)) / weighted);
  return v / Math.max(0.2, 1 - (v * freedom) / instances);
}

/**
 * Returns the factor by which bursts widen the variance of the candidate's bad requests, given the total: 1 without
 * bursts. An arm's count has variance μ (1 + cv² μ / instances), so the difference of the arms has the binomial variance
 * times (1 − π) (1 + cv² μ_c) + π (1 + cv² μ_b), with μ per instance at equal rates.
 */
export function dispersionOf(period: Period, criterion: number, cv2: number): number {
  const { candidate, baseline } = period;
  const requests = candidate.requests + baseline.requests;
  if (cv2 === 0 || requests === 0) return 1;
  const rate = ((candidate.bad[criterion] ?? 0) + (baseline.bad[criterion] ?? 0)) / requests;
  const share = candidate.requests / requests;
  const perInstance = (arm: ArmCounts): number =>
    arm.requests === 0 ? 0 : (rate * arm.squares) / arm.requests;
  const by = spreadCounts(period, criterion);
  return 1 + cv2 * ((1 - share) * perInstance(by.candidate) + share * perInstance(by.baseline));
}
