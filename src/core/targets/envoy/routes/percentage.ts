import type { Json } from '../../artifact.ts';

/** Returns a percentage (0..100, four decimals) as exactly the same FractionalPercent of Envoy. */
export function fractionalPercent(percent: number): Json {
  return { numerator: Math.round(percent * 10_000), denominator: 'MILLION' };
}
