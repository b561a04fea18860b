import type { ServiceId } from '../../ir/service-id.ts';
import type { RolloutRecord } from '../record/rollout-record.ts';

/** A write of a rollback. */
export interface RollbackWrite {
  readonly weights: RolloutRecord['weights'];
  /** True if `from` needs time to take up the load before the next write. */
  readonly isRamp: boolean;
}

/** The least share, in per cent, that the first write of a ramp gives `from`. */
const first = 25;

/**
 * Returns the shares of one service's candidate, in per cent, on the way from a share to 0. Each write at most doubles
 * the load of `from`, but gives `from` at least a quarter of all requests. From 50 % or less one write is enough.
 */
export function rampDown(share: number): readonly number[] {
  const shares: number[] = [];
  for (let left = share; left > 0; ) {
    const load = Math.min(100, Math.max(2 * (100 - left), first));
    left = 100 - load;
    shares.push(left);
  }
  return shares.length === 0 ? [0] : shares;
}

/**
 * Returns the writes of a rollback in order; the last write takes all requests from the candidate. Of several services
 * the last in the order of dependencies goes back first. A rollback under way continues with the recorded weights,
 * since a kill may have come before they were in force.
 */
export function rollbackWrites(
  services: readonly ServiceId[],
  { state, weights }: Pick<RolloutRecord, 'state' | 'weights'>,
): readonly RollbackWrite[] {
  const rest = wayFrom(services, weights);
  const isMiddle = state === 'rolling-back' && Object.values(weights).some((weight) => weight > 0);
  return isMiddle ? [{ weights, isRamp: true }, ...rest] : rest;
}

function wayFrom(
  services: readonly ServiceId[],
  weights: RolloutRecord['weights'],
): readonly RollbackWrite[] {
  const known = [...services, ...Object.keys(weights).filter((id) => !services.includes(id))];
  const way: RollbackWrite[] = [];
  let left = weights;
  for (const service of known.toReversed()) {
    const share = left[service] ?? 0;
    if (share === 0) continue;
    const shares = rampDown(share);
    for (const [i, next] of shares.entries()) {
      left = { ...left, [service]: next };
      way.push({ weights: left, isRamp: i < shares.length - 1 });
    }
  }
  return [...way.slice(0, -1), { weights: {}, isRamp: false }];
}
