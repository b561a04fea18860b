import type { Acceptance } from '../targets/acceptance.ts';
import type { Target } from '../targets/target.ts';

/** Returns the way to ask a target's proxies for their acceptance. A target that starts no proxies asks nobody. */
export function acceptanceOf({ acceptance }: Pick<Target, 'acceptance'>): Acceptance {
  return acceptance ?? nobody;
}

const nobody: Acceptance = {
  watched: () => [],
  ask: () => Promise.resolve({ state: 'absent' }),
  verdict: () => ({ state: 'accepted' }),
  draining: () => 0,
  isComparable: () => true,
  baselinesJson: () => ({}),
  readBaselines: () => new Map(),
};
