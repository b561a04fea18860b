import type { FailedScrape, Scrape } from '../../evidence/stream-line.ts';
import type { JudgePolicy } from '../judge/judge-policy.ts';

/** Requests that a share of bad ones has to rest on. */
const enough = 1000;

/** The part of the goal that is assumed to be bad at present, if the counters don't say. */
const assumed = 1 / 5;

/** The shares of the baseline that a forecast reckons with. */
export interface PresentShares {
  /** 0..1, of bad and of slow requests. */
  readonly bad: number;
  readonly slow: number;
  /** True if the counters of the baseline say how many are bad. */
  readonly isMeasured: boolean;
}

/** Returns the present shares by counters since the proxies started; without enough requests a fifth of what is allowed. */
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
  // Without any error a rate can't be told: reckon with half an error.
  const bad = isMeasured ? Math.max(errors, 0.5) / requests : allowed.bad * assumed;
  return { bad, slow: allowed.slow * assumed, isMeasured };
}
