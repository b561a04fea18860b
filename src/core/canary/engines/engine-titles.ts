import type { Engine } from '../../ir/rollout.ts';

/** Names of engines as people know them. */
export const engineTitles: Readonly<Record<Engine, string>> = {
  flagger: 'Flagger',
  'argo-rollouts': 'Argo Rollouts',
};
