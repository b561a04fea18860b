import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { attemptTime, lowerWeights, stopAttempt } from '../../core/canary/run/attempt.ts';
import type { RunEnd } from '../../core/canary/run/run-end.ts';
import { isAlive } from '../../core/canary/run/start-of.ts';
import { exit } from '../../core/exit-code.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Move, rollBackAlone } from './roll-back-alone.ts';
import type { RecordedRollout } from './rollout-outputs.ts';

/** Acts on a rollout whose runner is gone; returns undefined if there is nothing to do. */
export async function guardRollout(
  found: RecordedRollout,
  clock: Clock,
  move: Move,
): Promise<RunEnd | undefined> {
  const { record, lines, rollout } = found;
  if (isAlive(record, lines, clock.now())) return undefined;
  const who = record.runner?.holder ?? 'its runner';
  const gone = `${who} is gone (no sign of life for a minute)`;
  switch (record.state) {
    case 'promoted':
    case 'rolled-back':
    case 'held':
      return undefined;
    case 'paused':
      return rollout && isHigh(record, rollout)
        ? holdAlone(found, rollout, `it is paused, and ${gone}`, move, ({ runner: _, ...own }) =>
            lowerWeights(own, rollout),
          )
        : undefined;
    case 'rolling-back':
      return backAlone(found, record.reason ?? gone, clock, move);
    case 'running':
      return runnerLost(found, gone, clock, move);
  }
}

/** Rolls back or holds as `on.runnerLost` says. After the deadline rolls back if `on.inconclusive` says so, too. */
function runnerLost(found: RecordedRollout, gone: string, clock: Clock, move: Move): Promise<RunEnd> {
  const { record, rollout } = found;
  if (rollout === undefined) return backAlone(found, gone, clock, move);
  const now = clock.now();
  const isLate = isOver(record, rollout, now);
  const reason = isLate ? `${gone}, and the deadline is over` : gone;
  const { on } = rollout;
  if (on.runnerLost === 'rollback' || (isLate && on.inconclusive === 'rollback'))
    return backAlone(found, reason, clock, move);
  return holdAlone(found, rollout, reason, move, ({ runner: _, ...own }) =>
    stopAttempt(lowerWeights(own, rollout), 'held', reason, now.toISOString()),
  );
}

function isHigh({ weights }: RolloutRecord, { maxWeightUnattended }: Rollout): boolean {
  return Object.values(weights).some((weight) => weight > maxWeightUnattended);
}

/** Returns true if the deadline of the attempt is over. */
function isOver(record: RolloutRecord, { deadline }: Rollout, now: Date): boolean {
  return attemptTime(record, now) - (record.deadlineFrom ?? 0) >= deadline / 1000;
}

async function backAlone(found: RecordedRollout, reason: string, clock: Clock, move: Move): Promise<RunEnd> {
  const end = await rollBackAlone(found, reason, clock, move);
  return end.exitCode === exit.success ? { ...end, exitCode: exit.rolledBack } : end;
}

/** Holds the rollout at each target in reach, at a weight of at most `maxWeightUnattended`. */
async function holdAlone(
  { id, missing }: RecordedRollout,
  rollout: Rollout,
  reason: string,
  move: Move,
  change: (record: RolloutRecord) => RolloutRecord,
): Promise<RunEnd> {
  const moved = await move(change, { weights: true, partly: true });
  const isMoved = moved.state === 'written' || moved.state === 'left';
  const rest = [...(isMoved ? [] : [moved.message]), ...missing];
  if (rest.length > 0)
    return { exitCode: exit.unrecovered, message: `${id}: ${reason}; it holds in part: ${rest.join('; ')}` };
  const most = String(rollout.maxWeightUnattended);
  return {
    exitCode: exit.undecided,
    message: `${id}: ${reason}; it holds, at most at ${most}% (mesh canary resume, promote or abort ${id})`,
  };
}
