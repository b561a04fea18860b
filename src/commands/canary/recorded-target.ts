import { recordedMesh } from '../../core/canary/record/recorded-mesh.ts';
import { RolloutRecords } from '../../core/canary/record/rollout-records.ts';
import { exit } from '../../core/exit-code.ts';
import { Ledger } from '../../core/history/ledger.ts';
import { PortError } from '../../ports/port-error.ts';
import type { Wanted } from '../delivery/plan-deliveries.ts';
import type { TargetOutput } from '../delivery/read-outputs.ts';
import { recordedLowering } from '../delivery/recorded-lowering.ts';
import { snapshotInForce } from '../delivery/snapshot-in-force.ts';
import { targetOf } from '../delivery/target-of.ts';
import type { TrustBundles } from '../delivery/trust-bundles.ts';

/**
 * Returns the revision in force at an output with the present weights of its records. Throws PortError(5) if nothing is
 * in force.
 */
export async function recordedTarget({ config, output }: TargetOutput, trust: TrustBundles): Promise<Wanted> {
  const digest = await snapshotInForce(output);
  const snapshot = digest === undefined ? undefined : await new Ledger(output.store).readSnapshot(digest);
  if (snapshot === undefined)
    throw new PortError(`target ${config.name}: nothing is applied there, or its record is gone`, exit.stale);
  const records = await new RolloutRecords(output.store).all();
  const target = await targetOf(config);
  const lower = recordedLowering(target, config, snapshot.trust ?? trust);
  const { weighted: _, ...revision } = snapshot;
  const mesh = recordedMesh(snapshot, records);
  return { config, output, target, lower, next: { ...revision, ...mesh, artifacts: lower(mesh.ir) } };
}
