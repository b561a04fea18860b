import type { Json } from '../../artifact.ts';

/** A percentage (0..100, four decimals) as Envoy's FractionalPercent, exactly. */
export function fractionalPercent(percent: number): Json {
  return { numerator: Math.round(percent * 10_000), denominator: 'MILLION' };
}
