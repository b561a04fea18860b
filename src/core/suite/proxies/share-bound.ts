/** The number of requests by which shares are measured. */
export const sampleSize = 400;

/**
 * Returns the largest difference between a share and its measurement that is no difference: four standard deviations of
 * the binomial distribution, which a true share exceeds once in 16,000 measurements, and one request.
 */
export function shareBound(share: number, samples: number): number {
  return 4 * Math.sqrt((share * (1 - share)) / samples) + 1 / samples;
}
