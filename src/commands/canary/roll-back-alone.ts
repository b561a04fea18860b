import type { Options } from '../../command-table/invocation.ts';
import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { endRollback, startRollback } from '../../core/canary/run/attempt.ts';
import { rollbackWrites } from '../../core/canary/run/rollback-writes.ts';
import type { RunEnd } from '../../core/canary/run/run-end.ts';
import type { Changed, Reach } from '../../core/canary/run/runner-world.ts';
import { writeRollback } from '../../core/canary/run/write-rollback.ts';
import { exit } from '../../core/exit-code.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DeliveringParts } from '../delivery/delivery-parts.ts';
import type { EventLog } from '../delivery/event-log.ts';
import type { MeantOutputs } from '../delivery/meant-outputs.ts';
import { moveWeights } from './move-weights.ts';
import type { RecordedRollout } from './rollout-outputs.ts';

/** Changes the record of a Rollout at its outputs, and its weights if asked. */
export type Move = (change: (record: RolloutRecord) => RolloutRecord, reach: Reach) => Promise<Changed>;

/** Returns a function that changes the record and the weights of a recorded Rollout. */
export function mover(
  { id, outputs }: RecordedRollout,
  meant: MeantOutputs,
  options: Options<'timeout' | 'forceUnlock' | 'lockTtl'>,
  parts: DeliveringParts,
  log: Pick<EventLog, 'tell'>,
): Move {
  return (change, reach) =>
    moveWeights(
      { ...meant, outputs },
      id,
      { change: (record) => record && change(record), ...reach },
      options,
      parts,
      (event) => log.tell(event),
    );
}

/**
 * Rolls back without a runner, at the pace that `from` can carry. At each target in reach writes the record first, then
 * the weights. The rollback ends once every proxy of every target has confirmed that the candidate gets no requests;
 * until then the exit code is 12.
 */
export async function rollBackAlone(
  { id, record, rollout, missing }: RecordedRollout,
  reason: string,
  clock: Clock,
  move: Move,
): Promise<RunEnd> {
  const now = () => clock.now().toISOString();
  const way = await writeRollback(
    rollbackWrites(rollout?.services ?? [], record),
    (weights) =>
      move(({ runner: _, ...own }) => startRollback(own, weights, reason, now()), {
        weights: true,
        partly: true,
      }),
    clock,
  );
  const unsure = (why: string): RunEnd => ({
    exitCode: exit.unrecovered,
    message: `${id}: the rollback is not confirmed: ${why} (mesh canary abort ${id} tries again; mesh canary run ${id} looks at the counters, too)`,
  });
  if (way.state === 'failed' || way.state === 'unreachable')
    return unsure([way.message, ...missing].join('; '));
  if (missing.length > 0) return unsure(missing.join('; '));
  if (way.state === 'written' && way.unseen.length > 0)
    return unsure(`no answer from ${way.unseen.slice(0, 5).join(', ')}`);
  const done = await move((own) => endRollback(own, reason, now()), { weights: false });
  if (done.state === 'unreachable') return unsure(done.message);
  return { exitCode: exit.success, message: `${id}: rolled back, ${record.from} has everything` };
}
