import type { Options } from '../command-table/invocation.ts';
import type { Plan } from '../core/plan/plan.ts';
import { planJson } from '../ui/plan-json.ts';
import { planMarkdown } from '../ui/plan-markdown.ts';
import { type PlanTextOptions, planText } from '../ui/plan-text.ts';
import type { Renderers } from './formats.ts';

/** Facts about a plan that the plan itself doesn't hold. */
export interface Shown extends Omit<PlanTextOptions, 'verbose' | 'columns'> {
  readonly now: Date;
  readonly environment: string;
}

/** Returns the renderers of a plan, by format. */
export function planRenderers(plan: Plan, { verbose = false }: Options<'verbose'>, shown: Shown): Renderers {
  return {
    text: (colours, width, isTerminal) => {
      // Logs and pipes keep whole lines, so that they can be searched.
      const columns = isTerminal ? width : Number.POSITIVE_INFINITY;
      return planText(plan, colours, { ...shown, verbose, columns });
    },
    json: () => planJson(plan),
    markdown: () => planMarkdown(plan, shown),
  };
}
