import type { Plan } from '../core/plan/plan.ts';

/** A plan as schemas/output/plan.json says; what isn't computed is absent. */
export function planJson(plan: Plan): string {
  return `${JSON.stringify(plan, undefined, 2)}\n`;
}
