import { withMeaning } from '../core/plan/with-meaning.ts';
import { hasProxies } from '../core/revision/revision.ts';
import type { PlannedSpec } from './delivery/plan-spec.ts';

/** Returns the planned spec with the difference of the meaning, against what was applied at each target. */
export function comparedWithApplied(planned: PlannedSpec): PlannedSpec {
  const meshes = new Map(
    planned.deliveries.map(({ name, observed, next }) => {
      const before = observed.current?.snapshot;
      const trust = { before: before?.trust ?? {}, after: next.trust ?? {} };
      const isStaged = hasProxies(before) && hasProxies(next);
      return [name, { before: before?.ir, after: next.ir, trust, isStaged }];
    }),
  );
  return { ...planned, plan: withMeaning(planned.plan, meshes) };
}
