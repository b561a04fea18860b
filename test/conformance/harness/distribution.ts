/**
 * Returns an upper bound of the chi-square statistic for `degrees` of freedom that a true hypothesis exceeds once in
 * 10,000 (Wilson–Hilferty approximation).
 */
function criticalChiSquare(degrees: number): number {
  const z = 3.719;
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + z * Math.sqrt(spread)) ** 3;
}

/** Returns true if counts can come from these shares (chi-square at 1 in 10,000); a share of 0 allows no count. */
export function fits(counts: readonly number[], shares: readonly number[]): boolean {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (counts.some((count, i) => count > 0 && (shares[i] ?? 0) === 0)) return false;
  const possible = shares
    .map((share, i) => ({ share, count: counts[i] ?? 0 }))
    .filter(({ share }) => share > 0);
  if (possible.length < 2) return true;
  const statistic = possible.reduce(
    (sum, { share, count }) => sum + (count - total * share) ** 2 / (total * share),
    0,
  );
  return statistic <= criticalChiSquare(possible.length - 1);
}

/**
 * Returns the differences that a second measurement finds, too, if the first one finds any. A run measures hundreds of shares, and one
 * in 10,000 that are right doesn't fit: two in a row are no chance.
 */
export async function measuredTwice(measure: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const found = await measure();
  return found.length === 0 ? [] : measure();
}
