import type { RunEnd } from '../../core/canary/run/run-end.ts';
import { exit } from '../../core/exit-code.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import type { HookSender } from '../../ports/hook-sender.ts';
import type { MetricsSource } from '../../ports/metrics-source.ts';
import type { PlannedSpec } from '../delivery/plan-spec.ts';
import { refuseConflicts } from '../delivery/refuse-conflicts.ts';
import { countedArms } from './counted-arms.ts';
import { refusedBy } from './refused-by.ts';
import { placeOf } from './rollout-hooks.ts';

/**
 * Returns the reason why a rollout can't begin; undefined if it can. The caller has written nothing yet. `unattended`
 * is the reason why nobody would act for a lost runner; undefined if somebody would.
 */
export function refuseStart(
  rollout: Rollout,
  planned: PlannedSpec,
  sources: readonly MetricsSource[],
  unattended: string | undefined,
  { hooks }: { readonly hooks: HookSender },
): RunEnd | undefined {
  const refused = (message: string): RunEnd => ({ exitCode: exit.refused, message });
  const { wanted, deliveries } = planned;
  if (wanted.length === 0) return refused(`Rollout ${rollout.id} runs in no target with an output`);
  const branch = wanted.find(({ config }) => config.output.type === 'git');
  if (branch !== undefined)
    return refused(
      `target ${branch.config.name} is a deployment repository: a rollout moves weights only in directories and clusters`,
    );
  const [conflict] = refuseConflicts(deliveries);
  if (conflict !== undefined) return refusedBy(conflict);
  const stale = deliveries.find(({ observed, plan }) => {
    const isChanged = plan.objects.length > 0 || plan.files.length > 0;
    return observed.current === undefined || isChanged;
  });
  if (stale !== undefined)
    return {
      exitCode: exit.stale,
      message: `target ${stale.name}: the applied revision differs from the spec (mesh plan shows the difference): run mesh apply first`,
    };
  const counted = countedArms(rollout, wanted);
  if (counted.why.length > 0) return refused(`the rollout could not be judged: ${counted.why.join('; ')}`);
  if (sources.length === 0)
    return refused(
      'the rollout could not be judged: the Mesh names no `metrics.prometheus.url`, and `judge.source` is prometheus',
    );
  const missing = rollout.hooks.find(({ secret }) => secret !== undefined && !hooks.hasSecret(secret));
  if (missing?.secret !== undefined)
    return {
      exitCode: exit.usage,
      message: `the environment has no ${missing.secret}, with which messages to the hook ${placeOf(missing)} are signed`,
    };
  const most = rollout.maxWeightUnattended;
  const high = rollout.steps.find(({ weight }) => weight > most);
  if (high === undefined || unattended === undefined) return undefined;
  return refused(
    `step ${String(high.weight)}% is above maxWeightUnattended (${String(most)}%), and ${unattended}: nobody would act if this process died. Let a timer or a CronJob run mesh canary guard --every 30s, or say --guard-follows if a CI job with mesh canary guard always follows`,
  );
}
