/**
 * Returns p(x) + p(x − 1) + … + p(0) of a distribution with one mode, from ln p(x) and the ratio p(j − 1) / p(j). Stops
 * below the mode as soon as a term is too small to change the sum.
 */
export function lowerTail(x: number, logAtX: number, ratio: (j: number) => number): number {
  let log = logAtX;
  let sum = Math.exp(log);
  for (let j = x; j > 0; j--) {
    const step = ratio(j);
    log += Math.log(step);
    const term = Math.exp(log);
    sum += term;
    if (step < 1 && term <= sum * 1e-17) break;
  }
  return Math.min(1, sum);
}
