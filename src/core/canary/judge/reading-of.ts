import type { LatencyCounts, Scrape } from '../../evidence/stream-line.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { Reading, Trouble } from './judge-state.ts';

/** More requests a second than one instance can serve: a higher rate shows that the value is no counter. */
const highestRate = 1e7;

/** Returns a reading of the counters, or the cause for which the counters aren't evidence. */
export function readingOf(policy: JudgePolicy, scrape: Scrape, last: Reading | undefined): Reading | Trouble {
  const { t, requests, errors } = scrape;
  if (last !== undefined && t <= last.t) return 'clock';
  const slow = policy.latency && scrape.latency && slowRequests(scrape.latency, policy.latency.max);
  const bad =
    policy.latency === undefined || scrape.side === 'server' ? [errors] : [errors, slow ?? last?.bad[1] ?? 0];
  if (![requests, ...bad].every(isCounter) || errors > requests) return 'counters';
  if (last !== undefined && requests - last.requests > highestRate * (t - last.t)) return 'counters';
  return { t, requests, bad };
}

function isCounter(value: number): boolean {
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

/**
 * Returns the number of requests above the first bound that is at least `max` (ms), all of which were slow. Takes the
 * highest bound if `max` is above all bounds.
 */
function slowRequests({ bounds, counts }: LatencyCounts, max: number): number {
  const found = bounds.findIndex((bound) => bound >= max);
  const first = found < 0 ? bounds.length : found + 1;
  let slow = 0;
  for (let bucket = first; bucket < counts.length; bucket++) slow += counts[bucket] ?? Number.NaN;
  return slow;
}
