import { isActive, type RolloutRecord } from './rollout-record.ts';

/**
 * Returns the record in force among the records of a Rollout in several targets; the leading target's record comes
 * first. Only records of the latest attempt count. A record that rolls back precedes all others, because targets out of
 * reach may not have the rollback yet. An active record precedes an ended one, because a killed runner may have ended
 * the attempt in some targets only. Returns undefined if there are no records.
 */
export function jointRecord(records: readonly RolloutRecord[]): RolloutRecord | undefined {
  const latest = Math.max(...records.map(({ attempt }) => attempt));
  const own = records.filter(({ attempt }) => attempt === latest);
  const [first] = own;
  const isFirst = first !== undefined && isActive(first);
  return (
    own.find(({ state }) => state === 'rolling-back') ?? (isFirst ? first : (own.find(isActive) ?? first))
  );
}
