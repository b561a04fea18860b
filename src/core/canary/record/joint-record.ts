import { isActive, type RolloutRecord } from './rollout-record.ts';

/**
 * Returns the record that counts of the records of several targets, the leading target's first: of the latest attempt one
 * on its way back, which a target out of reach may not have got, else one that a killed runner did not end everywhere,
 * else the first. Returns undefined if there are none.
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
