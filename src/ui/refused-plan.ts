import type { Plan } from '../core/plan/plan.ts';

/** Returns true if an apply refuses the plan as it is: a guardrail, a hold or a conflict is in its way. */
export function isRefused({ guardrails = [], counts }: Pick<Plan, 'guardrails' | 'counts'>): boolean {
  return guardrails.length > 0 || counts.conflict > 0;
}
