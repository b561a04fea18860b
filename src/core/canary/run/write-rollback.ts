import type { Clock } from '../../../ports/clock.ts';
import type { RolloutRecord } from '../record/rollout-record.ts';
import type { RollbackWrite } from './rollback-writes.ts';
import type { Changed } from './runner-world.ts';

/**
 * Milliseconds between two writes of a ramp, in which proxies take up the weights and `from` gets ready for its new
 * load.
 */
const rampPause = 10_000;

/**
 * Writes a way back and returns the result of its last write. After a failed write goes on at once; a signal ends the
 * pauses. Ends early if another process has taken the record.
 */
export async function writeRollback(
  way: readonly RollbackWrite[],
  write: (weights: RolloutRecord['weights']) => Promise<Changed>,
  clock: Pick<Clock, 'sleep'>,
  signal?: AbortSignal,
): Promise<Changed> {
  let changed: Changed = { state: 'left', record: undefined };
  for (const { weights, isRamp } of way) {
    changed = await write(weights);
    if (changed.state === 'left') return changed;
    if (isRamp && changed.state === 'written') await clock.sleep(rampPause, signal);
  }
  return changed;
}
