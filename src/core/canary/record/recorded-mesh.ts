import type { Ir } from '../../ir/ir.ts';
import { beforeRollouts } from '../../ir/link/rollouts/before-rollouts.ts';
import { withWeights } from '../../ir/weights/with-weights.ts';
import type { Revision, Weighted } from '../../revision/revision.ts';
import type { RolloutRecord } from './rollout-record.ts';
import { sharesOf } from './shares-of.ts';

/**
 * Returns the mesh of a recorded revision with the present weights of the records, instead of the weights at the time
 * of recording.
 */
export function recordedMesh(
  { ir, weighted }: Pick<Revision, 'ir' | 'weighted'>,
  records: readonly RolloutRecord[],
): Pick<Revision, 'ir' | 'weighted'> {
  // A step between two meshes is recorded without the mesh before its Rollouts.
  const before = weighted?.before ?? beforeRollouts(ir, Object.values(ir.rollouts ?? {}));
  return weightedMesh(before, sharesOf(before, records));
}

/** Returns a mesh with moved weights, and the mesh before if a weight moved. */
export function weightedMesh(before: Ir, shares: Weighted['shares']): Pick<Revision, 'ir' | 'weighted'> {
  const ir = withWeights(before, shares);
  return ir === before ? { ir } : { ir, weighted: { before, shares } };
}
