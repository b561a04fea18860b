import { recordedMesh } from '../../core/canary/record/recorded-mesh.ts';
import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { beginAttempt, setStepWeights } from '../../core/canary/run/attempt.ts';
import type { RunEnd } from '../../core/canary/run/run-end.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import type { ObservingParts } from '../delivery/delivery-parts.ts';
import { planDeliveries, type Wanted } from '../delivery/plan-deliveries.ts';
import type { PlannedSpec } from '../delivery/plan-spec.ts';
import { refuseConflicts } from '../delivery/refuse-conflicts.ts';
import { refusedBy } from './refused-by.ts';

/**
 * Returns the reason why a cluster would refuse the weights of the first step, such as a controller that owns the
 * weights, even if its present weights match the records. Writes nothing.
 */
export async function refuseOwned(
  rollout: Rollout,
  { ir, trust, wanted }: Pick<PlannedSpec, 'ir' | 'trust' | 'wanted'>,
  parts: Pick<ObservingParts, 'clock' | 'reader'>,
): Promise<RunEnd | undefined> {
  const inClusters = wanted.filter(({ config }) => config.output.type === 'kubernetes');
  if (inClusters.length === 0) return undefined;
  const now = parts.clock.now().toISOString();
  const first = setStepWeights(beginAttempt(rollout, '', undefined, now), rollout, 0, now);
  const [conflict] = refuseConflicts(
    await planDeliveries(
      ir,
      inClusters.map((one) => weighted(one, first)),
      trust,
      parts,
    ),
  );
  return conflict && refusedBy(conflict);
}

function weighted(one: Wanted, first: RolloutRecord): Wanted {
  const others = (one.rollouts ?? []).filter(({ rollout }) => rollout !== first.rollout);
  const mesh = recordedMesh(one.next, [...others, first]);
  const { weighted: _, ...revision } = one.next;
  return { ...one, next: { ...revision, ...mesh, artifacts: one.lower(mesh.ir) } };
}
