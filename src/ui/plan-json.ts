import type { Plan } from '../core/plan/plan.ts';
import { jsonText } from './json-text.ts';

/** Returns a plan in the shape of schemas/output/plan.json; parts that aren't computed are absent. */
export function planJson(plan: Plan): string {
  return jsonText(plan);
}
