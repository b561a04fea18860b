import { changedRollouts } from '../../core/canary/record/changed-rollouts.ts';
import { weightedMesh } from '../../core/canary/record/recorded-mesh.ts';
import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { RolloutRecords } from '../../core/canary/record/rollout-records.ts';
import { sharesOf } from '../../core/canary/record/shares-of.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { canonicalJson } from '../../core/lib/canonical-json.ts';
import { rolloutReports } from '../../core/plan/rollout-report.ts';
import type { Revision } from '../../core/revision/revision.ts';
import type { Wanted } from './plan-deliveries.ts';

/** The parts of a wanted target that follow from the weights. */
export type Compiled = Pick<Wanted, 'next' | 'lower' | 'target'>;

/** Compiles a mesh with its weights for one target. */
export type CompileTarget = (mesh: Pick<Revision, 'ir' | 'weighted'>) => Compiled;

/**
 * Returns a target compiled with the weights of the records in its output. With `restarts`, Rollouts that the mesh
 * changes go back to `from`.
 */
export async function weightedTarget(
  ir: Ir,
  { config, output }: Pick<Wanted, 'config' | 'output'>,
  compile: CompileTarget,
  restarts = false,
): Promise<Wanted> {
  const at = (rollouts: readonly RolloutRecord[]): Wanted => {
    const changed = restarts ? changedRollouts(ir, rollouts) : [];
    const shares = sharesOf(
      ir,
      rollouts.filter((record) => !changed.includes(record)),
    );
    const reports = rolloutReports(ir, rollouts);
    return { config, output, rollouts, reports, reweighted, ...compile(weightedMesh(ir, shares)) };
  };
  const reweighted: NonNullable<Wanted['reweighted']> = async (locked) => {
    const now = await new RolloutRecords(locked.store).all();
    return canonicalJson(now) === canonicalJson(first) ? wanted : at(now);
  };
  const first = await new RolloutRecords(output.store).all();
  const wanted = at(first);
  return wanted;
}
