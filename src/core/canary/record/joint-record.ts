import { isActive, type RolloutRecord } from './rollout-record.ts';

/**
 * Returns the record in force among the records of several targets, the leading target's first. Of the latest attempt
 * takes a record on its way back, which targets out of reach may lack; else an active record, which a killed runner may
 * not have ended everywhere; else the first. Returns undefined if there are no records.
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
