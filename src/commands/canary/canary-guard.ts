import type { Invocation } from '../../command-table/invocation.ts';
import { isActive } from '../../core/canary/record/rollout-record.ts';
import { lowered, waiting } from '../../core/canary/run/attempt.ts';
import type { RunEnd } from '../../core/canary/run/run-end.ts';
import { isAlive } from '../../core/canary/run/start-of.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { ulid } from '../../core/history/ulid.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import { countsOf } from '../../core/plan/assemble-plan.ts';
import type { DeliveringParts } from '../delivery/delivery-parts.ts';
import { EventLog } from '../delivery/event-log.ts';
import { withOutputs } from '../delivery/meant-outputs.ts';
import { wantedFormats } from '../formats.ts';
import { type Move, mover, rollBackAlone } from './roll-back-alone.ts';
import { type RecordedRollout, recordedRollouts } from './rollout-outputs.ts';

/**
 * `mesh canary guard`: acts for runners that are gone: finishes rollbacks, and lets `on.runnerLost` decide about rollouts
 * under way. Paused and held rollouts, which nobody has to run, stay as they are.
 */
export async function canaryGuard(
  invocation: Invocation<'canary guard'>,
  parts: DeliveringParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  return withOutputs(invocation, parts, async (meant): Promise<ExitCode> => {
    const { clock } = parts;
    const log = new EventLog(ulid(clock.now(), parts.entropy.bytes(10)), invocation, parts);
    try {
      log.start({ command: 'canary', tool: parts.tool, revision: 'guard' });
      const ends: RunEnd[] = [];
      const { rollouts, lost } = await recordedRollouts(meant);
      for (const found of rollouts) {
        const end = await guarded(found, clock.now(), mover(found, meant, invocation, parts, log));
        if (end === undefined) continue;
        ends.push(end);
        parts.console.error(`${end.message}\n`);
      }
      for (const { name, error } of lost) {
        const end = { exitCode: exit.unreachable, message: `target ${name}: ${error.message}` };
        ends.push(end);
        parts.console.error(`${end.message}\n`);
      }
      const exitCode = worst.find((code) => ends.some((end) => end.exitCode === code)) ?? exit.success;
      const message = ends.map((end) => end.message).join('\n');
      const isDone = exitCode === exit.success;
      const outcome = isDone
        ? ({ result: ends.length > 0 ? 'succeeded' : 'unchanged' } as const)
        : ({ result: 'failed', cause: { code: exitCode, message } } as const);
      log.end({ outcome, exitCode, counts: countsOf([]) });
      return exitCode;
    } finally {
      await log.close();
    }
  });
}

/** The codes of what a guard did, the worst first. */
const worst = [exit.unrecovered, exit.unreachable, exit.undecided, exit.rolledBack] as const;

/** Acts on one rollout; returns undefined if it needs nobody. */
async function guarded(found: RecordedRollout, now: Date, move: Move): Promise<RunEnd | undefined> {
  const { record, lines, rollout } = found;
  const isRun = record.state === 'running' || record.state === 'rolling-back';
  if (!isActive(record) || !isRun || isAlive(record, lines, now)) return undefined;
  const at = now.toISOString();
  const who = record.runner?.holder ?? 'its runner';
  const reason = `${who} is gone (no sign of life for a minute)`;
  if (record.state !== 'rolling-back' && rollout !== undefined && rollout.on.runnerLost === 'hold')
    return holdAlone(found, rollout, reason, at, move);
  const why = record.state === 'rolling-back' ? (record.reason ?? reason) : reason;
  const end = await rollBackAlone(found, why, at, move);
  return end.exitCode === exit.success ? { ...end, exitCode: exit.rolledBack } : end;
}

/** Holds at each target in reach, at most at the weight that may stay unattended. */
async function holdAlone(
  { id, missing }: RecordedRollout,
  rollout: Rollout,
  reason: string,
  at: string,
  move: Move,
): Promise<RunEnd> {
  const moved = await move(({ runner: _, ...own }) => waiting(lowered(own, rollout), 'held', reason, at), {
    weights: true,
    partly: true,
  });
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
