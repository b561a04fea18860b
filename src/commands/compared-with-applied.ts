import { wayBetween } from '../core/plan/way-between.ts';
import { withMeaning } from '../core/plan/with-meaning.ts';
import type { PlannedSpec } from './delivery/plan-spec.ts';

/** Returns the planned spec with the difference of the meaning, against what was applied at each target. */
export function comparedWithApplied(planned: PlannedSpec): PlannedSpec {
  const meshes = new Map(
    planned.deliveries.map(({ name, observed, next }) => {
      const before = observed.current?.snapshot;
      const trust = { before: before?.trust ?? {}, after: next.trust ?? {} };
      return [name, { before: before?.ir, after: next.ir, trust, ...wayBetween(before, next) }];
    }),
  );
  return { ...planned, plan: withMeaning(planned.plan, meshes) };
}
