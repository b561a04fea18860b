import { binomialTail } from './statistics/binomial-tail.ts';
import { negativeBinomialTail } from './statistics/negative-binomial-tail.ts';

/** The candidate's counts in an acceptance test. */
export interface Sample {
  readonly requests: number;
  readonly bad: number;
  /** Σ requests² over instances and minutes. */
  readonly squares: number;
  /** The squared coefficient of variation of the error rate between instances and minutes; 0 without bursts. */
  readonly variation: number;
}

/**
 * Returns the probability of at most `bad` bad requests if the candidate's share of bad requests is exactly `worst`. The
 * distribution is binomial; if errors come in bursts, it is negative binomial with the shape requests² / (variation ×
 * squares).
 */
export function acceptanceTail({ requests, bad, squares, variation }: Sample, worst: number): number {
  const n = Math.floor(requests);
  const x = Math.ceil(bad);
  if (n <= 0 || worst <= 0 || worst >= 1) return 1;
  const exact = binomialTail(x, n, worst);
  if (variation <= 0 || squares <= 0) return exact;
  return Math.max(exact, negativeBinomialTail(x, n * worst, (n * n) / (variation * squares)));
}

/** Returns the highest count of bad requests that is accepted at level `alpha`; −1 if none is. */
export function acceptedUpTo(sample: Sample, worst: number, alpha: number): number {
  const accepts = (bad: number): boolean => acceptanceTail({ ...sample, bad }, worst) <= alpha;
  if (!accepts(0)) return -1;
  let low = 0;
  let high = Math.ceil(sample.requests * worst) + 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (accepts(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Returns the probability that a candidate whose share of bad requests is `share` passes a test at level `alpha`. */
export function power(sample: Sample, worst: number, alpha: number, share: number): number {
  const limit = acceptedUpTo(sample, worst, alpha);
  if (limit < 0) return 0;
  if (share <= 0) return 1;
  return acceptanceTail({ ...sample, bad: limit }, share);
}
