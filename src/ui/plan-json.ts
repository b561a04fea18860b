import type { Plan } from '../core/plan/plan.ts';
import { jsonText } from './json-text.ts';

/** A plan as schemas/output/plan.json says; what isn't computed is absent. */
export function planJson(plan: Plan): string {
  return jsonText(plan);
}
