import type { Options } from '../command-table/invocation.ts';
import type { Plan } from '../core/plan/plan.ts';
import { planJson } from '../ui/plan-json.ts';
import { planMarkdown } from '../ui/plan-markdown.ts';
import { type PlanTextOptions, planText } from '../ui/plan-text.ts';
import type { Renderers } from './formats.ts';

/** Facts about a plan that the plan itself doesn't hold. */
export interface Shown extends Omit<PlanTextOptions, 'verbose'> {
  readonly now: Date;
  readonly environment: string;
}

/** Returns the renderers of a plan, by format. */
export function planRenderers(plan: Plan, { verbose = false }: Options<'verbose'>, shown: Shown): Renderers {
  const options = { ...shown, verbose };
  return {
    text: (colours) => planText(plan, colours, options),
    json: () => planJson(plan),
    markdown: () => planMarkdown(plan, shown),
  };
}
