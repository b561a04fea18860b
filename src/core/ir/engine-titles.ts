import type { Engine } from './rollout.ts';

/** The engines' names for people. */
export const engineTitles: Readonly<Record<Engine, string>> = {
  flagger: 'Flagger',
  'argo-rollouts': 'Argo Rollouts',
};
