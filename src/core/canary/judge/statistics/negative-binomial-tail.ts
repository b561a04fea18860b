import { logGamma } from './log-gamma.ts';
import { lowerTail } from './lower-tail.ts';

/**
 * Returns P(X ≤ x) for a Poisson count whose mean is gamma distributed: mean `mean` > 0, variance
 * `mean` + `mean`² / `shape`, whole x ≥ 0 (negative binomial, Johnson, Kemp & Kotz, Univariate Discrete Distributions,
 * ch. 5).
 */
export function negativeBinomialTail(x: number, mean: number, shape: number): number {
  const logAtX =
    logGamma(x + shape) -
    logGamma(shape) -
    logGamma(x + 1) -
    shape * Math.log1p(mean / shape) +
    x * Math.log(mean / (shape + mean));
  const odds = (shape + mean) / mean;
  return lowerTail(x, logAtX, (j) => (j / (j - 1 + shape)) * odds);
}
