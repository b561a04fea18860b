import type { Plan } from '../core/plan/plan.ts';
import { wayBetween } from '../core/plan/way-between.ts';
import { withMeaning } from '../core/plan/with-meaning.ts';
import type { PlannedDelivery } from './delivery/plan-deliveries.ts';

/** Returns a plan with the difference of the meaning, against what was applied at each target. */
export function comparedWithApplied({ plan, deliveries }: PlannedMeaning): Plan {
  const meshes = new Map(
    deliveries.map(({ name, observed, next }) => {
      const before = observed.current?.snapshot;
      const trust = { before: before?.trust ?? {}, after: next.trust ?? {} };
      return [name, { before: before?.ir, after: next.ir, trust, ...wayBetween(before, next) }];
    }),
  );
  return withMeaning(plan, meshes);
}

interface PlannedMeaning {
  readonly plan: Plan;
  readonly deliveries: readonly PlannedDelivery[];
}
