import type { Ir } from '../../ir/ir.ts';
import type { Share, Shares } from '../../ir/weights/share.ts';
import type { RolloutRecord } from './rollout-record.ts';

/**
 * Returns the shares by the records of one target. Ignores the record of a Rollout that the mesh no longer has, or has
 * between other versions: the weights of the spec hold.
 */
export function sharesOf(ir: Ir, records: readonly RolloutRecord[]): Shares {
  return Object.fromEntries(
    records.flatMap((record) => {
      const rollout = ir.rollouts?.[record.rollout];
      if (rollout?.from !== record.from || rollout.to !== record.to) return [];
      return rollout.services.map((service) => [service, shareOf(record, service)] as const);
    }),
  );
}

function shareOf({ state, weights }: RolloutRecord, service: string): Share {
  if (state === 'rolled-back') return { state: 'before' };
  if (state === 'promoted') return { state: 'promoted' };
  const weight = weights[service] ?? 0;
  return weight === 0 ? { state: 'before' } : { state: 'running', weight };
}
