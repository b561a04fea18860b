import type { Acceptance } from '../../acceptance.ts';
import { askProxy } from './ask-proxy.ts';
import { baselinesJson, countedBefore, readBaselines } from './baseline.ts';
import { draining, verdict } from './verdict.ts';
import { watchedProxies } from './watched-proxies.ts';

/** Asks Envoys at their admin addresses. */
export const acceptance: Acceptance = {
  watched: watchedProxies,
  ask: askProxy,
  verdict,
  draining,
  isComparable: (before, now) => countedBefore(before, now) !== undefined,
  baselinesJson,
  readBaselines,
};
