import type { Ir } from '../../ir/ir.ts';
import { isActive, type RolloutRecord } from './rollout-record.ts';

/**
 * Returns the records that a rollback to a revision changes, with their new content. Rollouts under way are aborted. A
 * promotion that the revision lacks is undone, so that the same Rollout begins again only if somebody asks for it.
 */
export function recordsAfterRollback(
  ir: Ir,
  records: readonly RolloutRecord[],
  now: string,
): readonly RolloutRecord[] {
  return records
    .filter((record) => isActive(record) || (record.state === 'promoted' && !isIn(ir, record)))
    .map(({ runner: _, ...record }) => ({
      ...record,
      state: 'rolled-back',
      weights: {},
      changed: now,
      wishes: [],
      reason: 'mesh rollback went to another revision',
    }));
}

function isIn(ir: Ir, { rollout, from, to }: RolloutRecord): boolean {
  const written = ir.rollouts?.[rollout];
  return written?.from === from && written.to === to;
}
