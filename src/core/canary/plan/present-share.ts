import type { FailedScrape, Scrape } from '../../evidence/stream-line.ts';
import type { JudgePolicy } from '../judge/judge-policy.ts';

/** The fewest requests that tell a share of bad requests. */
const enough = 1000;

/**
 * The assumed share of bad requests, as a part of the share that the goal allows, if the counters have too few
 * requests.
 */
const assumed = 1 / 5;

/** The shares of the baseline that a forecast assumes. */
export interface PresentShares {
  /** The shares of bad and of slow requests, 0..1. */
  readonly bad: number;
  readonly slow: number;
  /** True if `bad` comes from the counters of the baseline. */
  readonly isMeasured: boolean;
}

/**
 * Returns the present shares, from counters since the proxies started; with too few requests, a fifth of the allowed
 * shares.
 */
export function presentShares(
  { slo, latency }: JudgePolicy,
  lines: readonly (Scrape | FailedScrape)[],
): PresentShares {
  const allowed = { bad: 1 - slo, slow: latency === undefined ? 0 : 1 - latency.quantile };
  let [requests, errors] = [0, 0];
  for (const line of lines) {
    if ('failed' in line || line.arm !== 'baseline' || line.side === 'server') continue;
    requests += line.requests;
    errors += line.errors;
  }
  const isMeasured = requests >= enough;
  // Counters without any error give no rate: assume half an error.
  const bad = isMeasured ? Math.max(errors, 0.5) / requests : allowed.bad * assumed;
  return { bad, slow: allowed.slow * assumed, isMeasured };
}
