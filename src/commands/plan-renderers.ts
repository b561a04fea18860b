import type { Plan } from '../core/plan/plan.ts';
import type { Invocation } from '../program.ts';
import { planJson } from '../ui/plan-json.ts';
import { planText } from '../ui/plan-text.ts';
import type { Renderers } from './formats.ts';
import { given } from './options.ts';

/** How a plan is written in each format; `file` is where it is saved. */
export function planRenderers(plan: Plan, invocation: Invocation, now: Date, file?: string): Renderers {
  const options = { verbose: given(invocation, 'verbose'), now, ...(file !== undefined && { file }) };
  return {
    text: (colours) => planText(plan, colours, options),
    json: () => planJson(plan),
  };
}
