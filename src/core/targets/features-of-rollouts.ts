import type { Ir } from '../ir/ir.ts';
import type { Rollout } from '../ir/rollout.ts';
import { matchFeatures } from './features-of-routes.ts';
import type { UseFeature } from './use-feature.ts';

/** Notes the features that Rollouts use while they run; the rules of the linked mesh don't show them yet. */
export function rolloutFeatures({ rollouts = {} }: Ir, use: UseFeature): void {
  for (const rollout of Object.values(rollouts)) {
    const { origin, match, strategy, affinity } = rollout;
    if (isSplit(rollout)) use('route.split', origin);
    if (strategy === 'shadow') use('route.mirror', origin);
    if (affinity !== undefined)
      for (const feature of ['settings.affinity', 'route.cookies', 'route.order'] as const)
        use(feature, origin);
    if (match === undefined) continue;
    use('route.order', match.origin);
    matchFeatures(match, use);
  }
}

/** Returns true if both versions answer requests of one rule at some time. */
function isSplit({ strategy, steps }: Rollout): boolean {
  return (strategy === 'canary' || strategy === 'ab') && steps.some(({ weight }) => weight < 100);
}
