/** Returns ln Σ exp(xᵢ) without overflow; −∞ for an empty list. */
export function logSum(logs: readonly number[]): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > highest) highest = log;
  if (highest === Number.NEGATIVE_INFINITY) return highest;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - highest);
  return highest + Math.log(sum);
}
