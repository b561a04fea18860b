import { exit } from '../../core/exit-code.ts';
import { changesSinceSaved } from '../../core/plan/changes-since-saved.ts';
import { absent, digestsOf, type SavedPlan } from '../../core/plan/saved-plan.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { PlannedSpec } from './plan-spec.ts';

/** Refuses (5) a saved plan that isn't the approved one (`planId`), or that is stale. */
export function refuseStale(
  saved: SavedPlan,
  planId: string | undefined,
  planned: PlannedSpec,
  now: Date,
): readonly Refusal[] {
  const found = [
    ...(planId === undefined || planId === saved.planId
      ? []
      : [`the plan has the id ${saved.planId}, and ${planId} was approved`]),
    ...changesSinceSaved(saved, { ...planned, there: whatIsThere(planned) }, now),
  ];
  if (found.length === 0) return [];
  return [
    {
      code: exit.stale,
      message: 'the plan is stale, and nothing was done (mesh plan --out makes a new one)',
      details: found,
    },
  ];
}

function whatIsThere({ deliveries }: PlannedSpec): (target: string, ref: string) => string {
  const byTarget = new Map(deliveries.map((delivery) => [delivery.name, digestsOf(delivery)]));
  return (target, ref) => byTarget.get(target)?.(ref) ?? absent;
}
