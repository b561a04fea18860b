import type { Ir } from '../../ir/ir.ts';
import { beforeRollouts } from '../../ir/link/rollouts/before-rollouts.ts';
import type { RolloutRecord } from '../record/rollout-record.ts';
import { sharesOf } from './shares-of.ts';
import { withWeights } from './with-weights.ts';

/**
 * Returns a recorded mesh with the weights that the records say, and not those that it had when it was recorded; the
 * same object if they are the same.
 */
export function recordedMesh(ir: Ir, records: readonly RolloutRecord[]): Ir {
  return withWeights(beforeRollouts(ir, Object.values(ir.rollouts ?? {})), sharesOf(ir, records));
}
