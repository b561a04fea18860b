import type { Ir } from '../../ir/ir.ts';
import { judgedDigest } from './judged-digest.ts';
import { isActive, type RolloutRecord } from './rollout-record.ts';

/** Returns the active records whose Rollout, versions or rules have changed in this mesh, or are gone. */
export function changedRollouts(ir: Ir, records: readonly RolloutRecord[]): readonly RolloutRecord[] {
  return records.filter((record) => {
    if (!isActive(record)) return false;
    const rollout = ir.rollouts?.[record.rollout];
    return rollout === undefined || judgedDigest(ir, rollout) !== record.judged;
  });
}
