import type { Options } from '../command-table/invocation.ts';
import type { Plan } from '../core/plan/plan.ts';
import { unusedAcceptances, wideningGuards } from '../core/plan/widening-guards.ts';
import { UsageError } from '../core/usage-error.ts';
import type { Console } from '../ports/console.ts';

/**
 * Returns the plan with the guardrails of `--fail-on widening`, without those that `--accept-widening` allows. An id
 * that no group of requests has is named on standard error. Throws a `UsageError` if there is nothing to accept.
 */
export function guardedPlan(
  plan: Plan,
  { failOn, acceptWidening = [] }: Options<'acceptWidening' | 'failOn'>,
  { console }: { readonly console: Pick<Console, 'error'> },
): Plan {
  if (failOn !== 'widening') {
    if (acceptWidening.length === 0) return plan;
    throw new UsageError('--accept-widening does nothing without --fail-on widening: add it');
  }
  for (const id of unusedAcceptances(plan, acceptWidening))
    console.error(
      `mesh: --accept-widening ${JSON.stringify(id)} accepts nothing here: no request that gains access has this id\n`,
    );
  const guards = wideningGuards(plan, acceptWidening);
  return guards.length === 0 ? plan : { ...plan, guardrails: [...(plan.guardrails ?? []), ...guards] };
}
