import type { Peer } from './peer.ts';

/** Minutes between two judgements, and minutes after which the last one promotes. */
const interval = 5;
const lifetime = 60;

/** The quantile of the 98 % confidence interval. */
const z = 2.3263478740408408;

/**
 * The judge of Kayenta: Mann-Whitney on the error shares of minutes, with a 98 % interval of the shift against a quarter
 * of its Hodges-Lehmann estimate, every five minutes over all minutes so far.
 */
export function kayenta(): Peer {
  const candidate: number[] = [];
  const baseline: number[] = [];
  return {
    minute: (counts) => {
      candidate.push(share(counts.candidate));
      baseline.push(share(counts.baseline));
      if (candidate.length % interval !== 0) return undefined;
      if (isHigh(candidate, baseline)) return 'fail';
      return candidate.length >= lifetime ? 'pass' : undefined;
    },
  };
}

function share({ requests, errors }: { readonly requests: number; readonly errors: number }): number {
  return requests === 0 ? 0 : errors / requests;
}

/** Returns true if the lower end of the interval is above a quarter of the shift, and the mean ratio above 1. */
export function isHigh(candidate: readonly number[], baseline: readonly number[]): boolean {
  const differences = candidate.flatMap((x) => baseline.map((y) => x - y)).sort((a, b) => a - b);
  const shift = differences[differences.length >> 1] ?? 0;
  const m = candidate.length;
  const n = baseline.length;
  const sigma = Math.sqrt(
    ((m * n) / 12) * (m + n + 1 - ties([...candidate, ...baseline]) / ((m + n) * (m + n - 1))),
  );
  // The interval of the shift is between ordered differences (Hollander & Wolfe, Nonparametric Statistical Methods, 4.3).
  const rank = Math.floor((m * n) / 2 - z * sigma - 0.5);
  const low = rank < 0 ? Number.NEGATIVE_INFINITY : (differences[rank] ?? Number.NEGATIVE_INFINITY);
  return low > 0.25 * Math.abs(shift) && mean(candidate) > mean(baseline);
}

function ties(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, t) => sum + t ** 3 - t, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
