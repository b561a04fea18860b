import type { Options } from '../command-table/invocation.ts';
import type { Plan } from '../core/plan/plan.ts';
import { planJson } from '../ui/plan-json.ts';
import { planMarkdown } from '../ui/plan-markdown.ts';
import { type PlanTextOptions, planText } from '../ui/plan-text.ts';
import type { Renderers } from './formats.ts';

/** What is said of a plan beside what it says itself. */
export interface Shown extends Omit<PlanTextOptions, 'verbose'> {
  readonly now: Date;
  readonly environment: string;
}

/** How a plan is written in each format. */
export function planRenderers(plan: Plan, { verbose = false }: Options<'verbose'>, shown: Shown): Renderers {
  const options = { ...shown, verbose };
  return {
    text: (colours) => planText(plan, colours, options),
    json: () => planJson(plan),
    markdown: () => planMarkdown(plan, shown),
  };
}
