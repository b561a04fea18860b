import type { ArmCounter, LabelMatcher, Series } from '../../evidence/arms.ts';

/** The queries by which an engine measures the candidate. Both look back over a minute. */
export interface EngineQueries {
  /** Bad requests in per cent of all requests; NaN without requests. */
  readonly errors: string;
  /** The judged quantile of times in milliseconds; absent if times aren't judged. */
  readonly latency?: string;
}

const window = '[1m]';

/**
 * Returns the queries for the counters of the candidate on the side of its callers; undefined if no proxy counts it.
 * `quantile` is 0..1. Times are those of the first counter.
 */
export function engineQueries(
  counters: readonly ArmCounter[],
  quantile: number | undefined,
): EngineQueries | undefined {
  const own = counters.filter(({ arm, side }) => arm === 'candidate' && side === 'client');
  if (own.length === 0) return undefined;
  const all = own.map(({ requests }) => orZero(rate(requests))).join(' + ');
  const bad = own.map(badRate).join(' + ');
  const times = quantile === undefined ? undefined : own[0]?.times;
  return {
    errors: `100 * (${bad}) / (${all})`,
    ...(times?.type === 'buckets' && {
      latency: `${times.milliseconds === 1 ? '' : `${String(times.milliseconds)} * `}histogram_quantile(${String(quantile)}, sum by (le) (${rate(times.series)}))`,
    }),
  };
}

/** Returns the rate of requests in any class of bad answers; `or` counts a series of two classes once. */
function badRate({ requests, bad }: ArmCounter): string {
  const ways = bad.map((conditions) => rate(requests, conditions));
  return ways.length === 0 ? 'vector(0)' : orZero(ways.join(' or '));
}

function orZero(rates: string): string {
  return `(sum(${rates}) or vector(0))`;
}

function rate({ metric, matchers }: Series, more: readonly LabelMatcher[] = []): string {
  const conditions = [...matchers, ...more].map(
    ({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`,
  );
  return `rate(${metric}{${conditions.join(',')}}${window})`;
}
