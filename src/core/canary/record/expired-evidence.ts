import type { RolloutRecord } from './rollout-record.ts';

/** The number of a Rollout's attempts whose evidence is kept, including the latest attempt. */
const kept = 3;

/**
 * Returns the keys of the journals (`namespace.name.attempt`) to delete: those of attempts before the last three, and
 * those of Rollouts without a record. Keys of another form stay.
 */
export function expiredEvidence(
  keys: readonly string[],
  records: readonly Pick<RolloutRecord, 'rollout' | 'attempt'>[],
): readonly string[] {
  const attempts = new Map(records.map(({ rollout, attempt }) => [rollout.replace('/', '.'), attempt]));
  return keys.filter((key) => {
    const [, rollout = '', number = ''] = /^([^.]+\.[^.]+)\.(\d+)$/.exec(key) ?? [];
    if (number === '') return false;
    const latest = attempts.get(rollout);
    return latest === undefined || Number(number) <= latest - kept;
  });
}
