import { exit } from '../../core/exit-code.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Refusal } from '../../core/refusal.ts';

/** Refuses (4) a plan that breaks a guardrail, and names the option that allows it, if there is one. */
export function refuseByGuards({ guardrails = [] }: Pick<Plan, 'guardrails'>): readonly Refusal[] {
  if (guardrails.length === 0) return [];
  const details = guardrails.map(
    ({ target, message, allow }) =>
      `${target === undefined ? '' : `target ${target}: `}${message}${allow === undefined ? '' : `; if that is meant, say ${allow}`}`,
  );
  return [{ code: exit.refused, message: 'a guardrail refuses the plan', details }];
}
