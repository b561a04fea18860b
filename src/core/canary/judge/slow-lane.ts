import type { Period } from './period.ts';

/** The minutes that the slow lane needs: a variance from fewer minutes would be a guess. */
export const slowLaneFrom = 8;

/** The bad requests of the candidate that the slow lane needs. */
export const slowLaneErrors = 5;

/** Sums of the slow lane over whole periods, for one criterion. */
export interface SlowSums {
  /** Σ (x_c − π X): the candidate's bad requests beyond its share of all. */
  excess: number;
  /** Σ π (1 − π) X: the variance of the excess, if requests are independent. */
  variance: number;
  /** Σ of the variance, widened by each period's dispersion. */
  widened: number;
  /** The candidate's bad requests. */
  errors: number;
}

/** Adds a whole period. `dispersion` is at least 1, so that the variance is never below the binomial one. */
export function addToSlowLane(
  sums: SlowSums,
  { candidate, baseline }: Period,
  criterion: number,
  dispersion: number,
): SlowSums {
  const requests = candidate.requests + baseline.requests;
  if (candidate.requests === 0 || baseline.requests === 0) return sums;
  const bad = candidate.bad[criterion] ?? 0;
  const all = bad + (baseline.bad[criterion] ?? 0);
  const share = candidate.requests / requests;
  const variance = share * (1 - share) * all;
  return {
    excess: sums.excess + bad - share * all,
    variance: sums.variance + variance,
    widened: sums.widened + variance * dispersion,
    errors: sums.errors + bad,
  };
}

/**
 * Returns the sum that equal arms pass with probability α at any time: √(2 (V + ρ) L) with L = ln(√((V + ρ) / ρ) / 2α +
 * 1), the one-sided normal mixture boundary of Howard, Ramdas, McAuliffe & Sekhon (Annals of Statistics 2021, eq. 14),
 * plus L × `largest` / 3, since single summands of up to `largest` are skewed (Bernstein).
 */
export function slowBound(variance: number, rho: number, alpha: number, largest: 0 | 1): number {
  const v = variance + rho;
  const log = Math.log(Math.sqrt(v / rho) / (2 * alpha) + 1);
  return Math.sqrt(2 * v * log) + (largest * log) / 3;
}

/**
 * Returns ρ that makes the boundary tightest near a variance of `variance` (Howard et al., section 3.5), approximately
 * variance / (2 ln(1/α) + ln(1 + 2 ln(1/α))).
 */
export function slowRho(variance: number, alpha: number): number {
  const log = 2 * Math.log(1 / alpha);
  return Math.max(0.5, variance / (log + Math.log(1 + log)));
}
