import { logGamma } from './log-gamma.ts';
import { lowerTail } from './lower-tail.ts';

/** Returns P(X ≤ x) for X ~ Bin(n, p), with whole 0 ≤ x ≤ n and 0 < p < 1. */
export function binomialTail(x: number, n: number, p: number): number {
  if (x >= n) return 1;
  const logChoose = logGamma(n + 1) - logGamma(x + 1) - logGamma(n - x + 1);
  const odds = (1 - p) / p;
  return lowerTail(
    x,
    logChoose + x * Math.log(p) + (n - x) * Math.log1p(-p),
    (j) => (j / (n - j + 1)) * odds,
  );
}
