import type { Engine } from '../../ir/rollout.ts';

/** The engines' names for people. */
export const engineTitles: Readonly<Record<Engine, string>> = {
  flagger: 'Flagger',
  'argo-rollouts': 'Argo Rollouts',
};
