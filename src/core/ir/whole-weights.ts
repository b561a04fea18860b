/** The greatest sum of weights that proxies take: 31 bits, of which a billion is a round number below. */
const greatestSum = 1_000_000_000;

/**
 * Returns whole numbers in the proportion of `weights`, which are whole and at most 2^53, in lowest terms. Beyond a sum
 * of a billion they are rounded, and a weight above zero stays at least 1.
 */
export function wholeWeights(weights: readonly number[]): readonly number[] {
  const divisor = weights.reduce(greatestCommonDivisor, 0);
  if (divisor === 0) return weights;
  const lowest = weights.map((weight) => weight / divisor);
  const sum = lowest.reduce((all, weight) => all + weight, 0);
  if (sum <= greatestSum) return lowest;
  return lowest.map((weight) => (weight === 0 ? 0 : Math.max(1, Math.round((weight / sum) * greatestSum))));
}

function greatestCommonDivisor(one: number, other: number): number {
  let [a, b] = [one, other];
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
