import type { Ir } from '../../ir/ir.ts';
import { changedRollouts } from './changed-rollouts.ts';
import type { RolloutRecord } from './rollout-record.ts';

/** A change of records, which is written before the weights that it explains. */
export interface RecordChange {
  readonly written: readonly RolloutRecord[];
  /** Rollouts whose record is removed. */
  readonly removed: readonly string[];
}

/**
 * Returns the changes that an apply makes to the records of a target. A Rollout that starts again is back at `from`. An
 * ended record is removed once the spec lacks the Rollout, or has it between other versions: the spec itself then gives
 * the weights.
 */
export function recordsAfterApply(ir: Ir, records: readonly RolloutRecord[], now: string): RecordChange {
  const restarted = changedRollouts(ir, records);
  const kept = restarted.filter(({ rollout }) => ir.rollouts?.[rollout] !== undefined);
  const ended = records.filter(({ rollout, from, to, state }) => {
    const written = ir.rollouts?.[rollout];
    if (state !== 'promoted' && state !== 'rolled-back') return false;
    return written?.from !== from || written.to !== to;
  });
  const gone = restarted.filter((record) => !kept.includes(record));
  return {
    written: kept.map(({ runner: _, ...record }) => ({
      ...record,
      state: 'rolled-back',
      step: -1,
      weights: {},
      changed: now,
      wishes: [],
      reason: restartReason,
    })),
    removed: [...gone, ...ended].map(({ rollout }) => rollout),
  };
}

const restartReason = 'the spec changed what was judged (--restart-rollouts)';
