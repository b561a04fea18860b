import type { Peer } from './peer.ts';

/**
 * The settings of Flagger's documentation: the success rate of the last minute is at least 99 %, five failed checks in
 * all roll back (a success doesn't reset them, and a minute without requests fails), promotion after ten good minutes
 * at the only weight.
 */
export function flagger(): Peer {
  let failed = 0;
  let good = 0;
  return {
    minute: ({ candidate }) => {
      const rate = candidate.requests === 0 ? Number.NaN : 1 - candidate.errors / candidate.requests;
      if (rate >= 0.99) good += 1;
      else failed += 1;
      if (failed >= 5) return 'fail';
      return good >= 10 ? 'pass' : undefined;
    },
  };
}
