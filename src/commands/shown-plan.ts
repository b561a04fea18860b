import type { Options } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { isWorkToDo } from '../core/plan/plan-target.ts';
import { UsageError } from '../core/usage-error.ts';
import type { ChosenMesh } from '../ui/chosen-mesh.ts';
import type { ObservingParts } from './delivery/delivery-parts.ts';
import { readPlanFile } from './delivery/read-approved-plan.ts';
import { answer } from './formats.ts';
import { planRenderers } from './plan-renderers.ts';

/** Prints a saved plan, stale or not; needs neither the mesh nor its outputs. */
export async function shownPlan(
  file: string,
  options: Options<'detailedExitcode' | 'format' | 'output' | 'target' | 'verbose'> & ChosenMesh,
  parts: ObservingParts,
): Promise<ExitCode> {
  if (options.target !== undefined) throw new UsageError('--show prints a whole plan: leave --target out');
  const saved = await readPlanFile(file, parts);
  const shown = { now: parts.clock.now(), environment: saved.checks.environment, file };
  await answer(options, planRenderers(saved, options, shown), parts);
  const changed = Object.values(saved.targets).some(isWorkToDo);
  return changed && options.detailedExitcode ? exit.changed : exit.success;
}
