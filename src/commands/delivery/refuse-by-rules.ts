import { exit } from '../../core/exit-code.ts';
import { deliveryRules } from '../../core/plan/delivery-rules.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { SpecStore } from '../../ports/spec-store.ts';
import type { PlannedSpec } from './plan-spec.ts';

/**
 * Refuses (4) a run that breaks the delivery rules of a target: without a saved plan, or at a commit outside the
 * branches.
 */
export async function refuseByRules(
  { deliveries, wanted, origin }: PlannedSpec,
  isSaved: boolean,
  store: SpecStore,
): Promise<readonly Refusal[]> {
  const details: string[] = [];
  for (const { name, observed } of deliveries) {
    const config = wanted.find((one) => one.config.name === name)?.config;
    if (config === undefined) continue;
    const { requirePlan, branches } = deliveryRules(observed, config);
    if (requirePlan && !isSaved)
      details.push(
        `target ${name} takes saved plans alone: mesh plan --out plan.json, have it approved, and mesh apply plan.json`,
      );
    if (branches.length === 0) continue;
    const names = branches.join(', ');
    if (origin.commit === undefined || origin.dirty === true)
      details.push(`target ${name} takes commits of ${names} alone, and what is here is no commit`);
    else if (!(await store.isOn(branches)))
      details.push(
        `target ${name} takes commits of ${names} alone, and ${origin.commit.slice(0, 12)} is on no such branch of the upstream as it was last fetched`,
      );
  }
  if (details.length === 0) return [];
  return [
    { code: exit.refused, message: 'the delivery rules that the last apply recorded refuse it', details },
  ];
}
