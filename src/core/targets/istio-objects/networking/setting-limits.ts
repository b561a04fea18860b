import type { Ir } from '../../../ir/ir.ts';
import type { Locality, Settings } from '../../../ir/settings.ts';
import type { Limit } from '../../target.ts';

/** Returns the limits of Istio in settings of services and Externals. */
export function settingLimits(ir: Ir): readonly Limit[] {
  return [...Object.values(ir.services), ...Object.values(ir.externals)].flatMap(({ settings, ports }) =>
    ports.length === 0 ? [] : [...budget(settings), ...locality(ir, settings)],
  );
}

function budget({ retryBudget }: Settings): readonly Limit[] {
  if (retryBudget?.minRetryConcurrency !== 0) return [];
  return [
    {
      feature: 'settings.retry-budget',
      reason: 'Istio takes a least number of retries of 0 for none said, and means 3',
      callers: 'up to 3 requests may be retried at once where none should',
      origin: retryBudget.origin,
    },
  ];
}

function locality(ir: Ir, { locality: asked }: Settings): readonly Limit[] {
  const reason = asked && lostFailover(ir, asked);
  return asked === undefined || reason === undefined
    ? []
    : [
        {
          feature: 'settings.locality',
          reason,
          callers: 'requests go to instances of another cluster or zone than those that should be next',
          origin: asked.origin,
        },
      ];
}

function lostFailover({ clusters }: Ir, { prefer, failover }: Locality): string | undefined {
  if (failover.length === 0) return undefined;
  const regions = Object.values(clusters).map(({ region }) => region);
  if (regions.includes(undefined) || new Set(regions).size < regions.length)
    return 'Istio fails over from region to region, and not every cluster has a region of its own';
  if (new Set(failover.map(({ from }) => from)).size < failover.length)
    return 'Istio fails over from a region to one other';
  return prefer === 'same-zone'
    ? undefined
    : `with a failover Istio prefers the same zone, where ${prefer} is asked for`;
}
