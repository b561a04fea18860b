import { exit } from '../../core/exit-code.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { PlannedDelivery } from './plan-deliveries.ts';

/** Refuses (7) a run that would overwrite something that isn't ours. */
export function refuseConflicts(
  planned: readonly Pick<PlannedDelivery, 'name' | 'plan'>[],
): readonly Refusal[] {
  const details = planned.flatMap(({ name, plan }) =>
    plan.files
      .filter(({ op }) => op === 'conflict')
      .map(({ path, why }) => `target ${name}: ${path}: ${why ?? ''}`),
  );
  return details.length === 0
    ? []
    : [{ code: exit.foreign, message: 'something that exists is not ours', details }];
}
