import type { Acceptance } from '../targets/acceptance.ts';
import type { Target } from '../targets/target.ts';

/** Returns how a target's proxies are asked; a target that starts no proxies has nobody to ask. */
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
