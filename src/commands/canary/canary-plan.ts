import type { Invocation, Options } from '../../command-table/invocation.ts';
import { compiledSteps } from '../../core/canary/plan/compiled-steps.ts';
import type { RolloutPlan, ServicePlan, TargetPlan } from '../../core/canary/plan/rollout-plan.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import { didYouMean } from '../../core/lib/did-you-mean.ts';
import type { Spec } from '../../core/spec/spec.ts';
import { checkTarget } from '../../core/targets/portability.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { OpenSpecStore } from '../../ports/spec-store.ts';
import { canaryPlanJson } from '../../ui/canary/canary-plan-json.ts';
import { canaryPlanText } from '../../ui/canary/canary-plan-text.ts';
import { type Answering, answer, wantedFormats } from '../formats.ts';
import { linkedMesh } from '../linked-mesh.ts';
import { meshOptions } from '../options.ts';
import { withStore } from '../with-store.ts';
import { type MetricsSources, sourcesOf } from './metrics-sources.ts';
import { refuseEngine } from './refuse-engine.ts';
import { servicePlan } from './service-plan.ts';

/** The parts of the world that the command uses. */
export interface CanaryPlanParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly metrics: MetricsSources;
}

/**
 * `mesh canary plan`: compiles every step, runs each query once, reads the present rate of requests, and says how long
 * a decision takes. Changes nothing.
 */
export async function canaryPlan(
  invocation: Invocation<'canary plan'>,
  parts: CanaryPlanParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  const rate = rateOf(invocation);
  return withStore(parts.openSpecStore, meshOptions(invocation), async ({ store }) => {
    const { mesh, ir, exitCode } = await linkedMesh(store, invocation, parts.console);
    if (ir === undefined || mesh.spec === undefined) return exitCode;
    const plans: RolloutPlan[] = [];
    const chosen = chosenRollouts(ir, invocation.arguments[0]);
    for (const rollout of chosen) refuseEngine(rollout);
    for (const rollout of chosen) plans.push(await planned(mesh.spec, ir, rollout, rate, parts));
    await answer(
      invocation,
      {
        text: (colours) => canaryPlanText(plans, colours),
        json: () => canaryPlanJson(plans),
      },
      parts,
    );
    const targets = plans.flatMap((plan) => plan.targets);
    if (targets.some(({ problems }) => problems.length > 0)) return exit.findings;
    const isBlind = targets.some(({ services }) => services.some(({ blind }) => blind.length > 0));
    return isBlind && rate === undefined ? exit.unreachable : exit.success;
  });
}

function rateOf({ rate }: Options<'rate'>): number | undefined {
  if (rate === undefined) return undefined;
  const number = /^\d+(?:\.\d+)?$/.test(rate) ? Number(rate) : NaN;
  if (number > 0 && number <= 1e9) return number;
  throw new UsageError(`--rate ${JSON.stringify(rate)}: write requests a second, such as 100 or 0.5`);
}

function chosenRollouts({ rollouts = {} }: Ir, named: string | undefined): readonly Rollout[] {
  const all = Object.values(rollouts);
  if (named === undefined) {
    if (all.length > 0) return all;
    throw new UsageError('the mesh has no Rollout: mesh explain Rollout shows how to write one');
  }
  const found = all.filter(({ id, name }) => id === named || name === named);
  const [only, ...others] = found;
  if (only === undefined) {
    const known = all.map(({ id }) => id);
    throw new UsageError(`the mesh has no Rollout ${JSON.stringify(named)}${didYouMean(named, known)}`);
  }
  if (others.length > 0)
    throw new UsageError(
      `several namespaces have a Rollout ${named}: ${found.map(({ id }) => id).join(', ')}`,
    );
  return [only];
}

/** Returns the prospects of one rollout in all its targets. */
async function planned(
  spec: Spec,
  ir: Ir,
  rollout: Rollout,
  rate: number | undefined,
  { metrics }: CanaryPlanParts,
): Promise<RolloutPlan> {
  const { id, from, to, strategy } = rollout;
  const sources = sourcesOf(ir, rollout, metrics);
  try {
    const targets: TargetPlan[] = [];
    for (const name of rollout.targets) {
      const config = ir.targets[name];
      const checked = config && (await checkTarget(spec, ir, config));
      if (checked === undefined) continue;
      const services: ServicePlan[] = [];
      for (const service of rollout.services)
        services.push(await servicePlan({ ir, rollout, service, target: checked, sources, rate }));
      targets.push({ target: name, ...compiledSteps(ir, rollout, checked, { bundles: {} }), services });
    }
    return { rollout: id, from, to, strategy, targets };
  } finally {
    for (const source of sources) source.close?.();
  }
}
