/** Coefficients B₂ₖ / (2k (2k − 1)) of Stirling's series, k = 1…8. */
const stirling = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const;

/** The least argument for which eight terms of the series are exact to double precision. */
const asymptotic = 10;

const halfLogTwoPi = 0.9189385332046727;

/**
 * Returns ln Γ(x) for x > 0: Stirling's series (Abramowitz & Stegun 6.1.41) above 10, the recurrence
 * Γ(x + 1) = x Γ(x) (6.1.15) below.
 */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  while (shifted < asymptotic) {
    product *= shifted;
    shifted += 1;
  }
  let correction = 0;
  let power = 1 / shifted;
  const square = power * power;
  for (const coefficient of stirling) {
    correction += coefficient * power;
    power *= square;
  }
  return (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + correction - Math.log(product);
}
