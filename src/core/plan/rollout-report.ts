import { changedRollouts } from '../canary/record/changed-rollouts.ts';
import { isActive, type RolloutRecord } from '../canary/record/rollout-record.ts';
import type { Ir } from '../ir/ir.ts';

/**
 * A Rollout with a record at a target, and the effect of an apply of the mesh: the weights are kept, the apply is
 * refused, or the record is removed because the spec itself gives the weights.
 */
export interface RolloutReport extends Pick<RolloutRecord, 'rollout' | 'from' | 'to' | 'state' | 'weights'> {
  readonly apply: 'keeps' | 'refused' | 'clears';
}

/** Returns the report on each record of a target. */
export function rolloutReports(ir: Ir, records: readonly RolloutRecord[]): readonly RolloutReport[] {
  const changed = changedRollouts(ir, records);
  return records.map((record) => {
    const { rollout, from, to, state, weights } = record;
    const written = ir.rollouts?.[rollout];
    const stands = written?.from === from && written.to === to;
    const apply = changed.includes(record) ? 'refused' : isActive(record) || stands ? 'keeps' : 'clears';
    return { rollout, from, to, state, weights, apply };
  });
}
