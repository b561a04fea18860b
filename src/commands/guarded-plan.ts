import type { Options } from '../command-table/invocation.ts';
import type { Plan } from '../core/plan/plan.ts';
import { wideningGuards } from '../core/plan/widening-guards.ts';

/** Returns the plan with the guardrails of `--fail-on widening`, without those that `--accept-widening` allows. */
export function guardedPlan(
  plan: Plan,
  { failOn, acceptWidening = [] }: Options<'acceptWidening' | 'failOn'>,
): Plan {
  if (failOn !== 'widening') return plan;
  const guards = wideningGuards(plan, acceptWidening);
  return guards.length === 0 ? plan : { ...plan, guardrails: [...(plan.guardrails ?? []), ...guards] };
}
