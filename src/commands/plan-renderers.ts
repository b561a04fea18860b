import type { Options } from '../command-table/invocation.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { ChosenMesh } from '../ui/chosen-mesh.ts';
import { planHtml } from '../ui/plan-html.ts';
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
export function planRenderers(
  plan: Plan,
  { verbose = false, root, repo, revision, staged }: Options<'verbose'> & ChosenMesh,
  given: Shown,
): Record<'text' | 'json' | 'markdown' | 'html', (...given: Parameters<Renderers[string]>) => string> {
  const chosen = {
    ...(root !== undefined && { root }),
    ...(repo !== undefined && { repo }),
    ...(revision !== undefined && { revision }),
    ...(staged !== undefined && { staged }),
  };
  const shown = { ...given, chosen };
  return {
    text: (colours, width, isTerminal) => {
      // Logs and pipes keep whole lines, so that they can be searched.
      const columns = isTerminal ? width : Number.POSITIVE_INFINITY;
      return planText(plan, colours, { ...shown, verbose, columns });
    },
    json: () => planJson(plan),
    markdown: () => planMarkdown(plan, shown),
    html: () => planHtml(plan, shown),
  };
}
