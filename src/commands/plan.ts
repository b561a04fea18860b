import type { Invocation } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { isWorkToDo } from '../core/plan/plan-target.ts';
import { savedPlan } from '../core/plan/saved-plan.ts';
import { refusalCode } from '../core/refusal.ts';
import { UsageError } from '../core/usage-error.ts';
import { planJson } from '../ui/plan-json.ts';
import { comparedPlan } from './compared-plan.ts';
import { comparedWithApplied } from './compared-with-applied.ts';
import { allowancesOf } from './delivery/allowances-of.ts';
import type { ObservingParts } from './delivery/delivery-parts.ts';
import { compileSpec, planSpec } from './delivery/plan-spec.ts';
import { refuseByGuards } from './delivery/refuse-by-guards.ts';
import { refuseConflicts } from './delivery/refuse-conflicts.ts';
import { answer, wantedFormats } from './formats.ts';
import { guardedPlan } from './guarded-plan.ts';
import { meshOptions } from './options.ts';
import { planRenderers } from './plan-renderers.ts';
import { shownPlan } from './shown-plan.ts';
import { withStore } from './with-store.ts';

/** `mesh plan`: shows what an apply would do to each output; `--out` saves the plan, `--show` prints a saved plan. */
export async function plan(invocation: Invocation<'plan'>, parts: ObservingParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const { out, show, base } = invocation;
  if (show !== undefined) {
    if (out !== undefined || base !== undefined)
      throw new UsageError('--show prints a plan that is saved already: leave --out and --base out');
    return shownPlan(show, invocation, parts);
  }
  if (base !== undefined) return comparedPlan(base, invocation, parts);
  const allowed = allowancesOf(invocation);
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const spec = await compileSpec(opened, invocation, parts, 'plan');
    if ('exitCode' in spec) return spec.exitCode;
    const compared = await planSpec(spec, allowed, parts);
    const planned = { ...compared, plan: guardedPlan(comparedWithApplied(compared), invocation, parts) };
    const now = parts.clock.now();
    const saved = out === undefined ? undefined : savedPlan(planned.plan, planned.checks, now);
    if (saved !== undefined && out !== undefined) await parts.writeOutput(out, planJson(saved), 'json');
    const shown = { now, environment: planned.ir.environment, ...(out !== undefined && { file: out }) };
    await answer(invocation, planRenderers(saved ?? planned.plan, invocation, shown), parts);
    const refused = refusalCode([...refuseByGuards(planned.plan), ...refuseConflicts(planned.deliveries)]);
    if (refused !== exit.success) return refused;
    const changed = planned.deliveries.some((delivery) => isWorkToDo(delivery.plan));
    return changed && invocation.detailedExitcode ? exit.changed : exit.success;
  });
}
