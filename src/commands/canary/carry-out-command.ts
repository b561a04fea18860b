import type { RolloutCommand, RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { continueAttempt, passGate, stopAttempt } from '../../core/canary/run/attempt.ts';
import type { RunEnd } from '../../core/canary/run/run-end.ts';
import { isAlive } from '../../core/canary/run/start-of.ts';
import { exit } from '../../core/exit-code.ts';
import type { DeliveringParts } from '../delivery/delivery-parts.ts';
import { type Move, rollBackAlone } from './roll-back-alone.ts';
import type { RecordedRollout } from './rollout-outputs.ts';

/** Carries a command out: leaves it to a living runner, or acts itself. */
export async function carryOutCommand(
  { action, full }: Pick<RolloutCommand, 'action' | 'full'>,
  found: RecordedRollout,
  { clock, actor }: Pick<DeliveringParts, 'clock' | 'actor'>,
  move: Move,
): Promise<RunEnd> {
  const at = clock.now().toISOString();
  const command: RolloutCommand = { action, by: actor, at, ...(full === true && { full }) };
  const refused = refusal(action, found.record);
  if (refused !== undefined) return refused;
  if (isAlive(found.record, found.lines, clock.now())) {
    const left = await move((record) => ({ ...record, wishes: [...record.wishes, command] }), {
      weights: false,
    });
    // The runner can't reach all targets either, so an abort acts at the targets in reach.
    if (left.state === 'unreachable')
      return action === 'abort'
        ? rollBackAlone(found, `${actor} aborted it`, clock, move)
        : { exitCode: left.code, message: `${found.id}: ${left.message}` };
    const holder = found.record.runner?.holder ?? 'its runner';
    return {
      exitCode: exit.success,
      message: `${found.id}: ${holder} runs it and takes this up within seconds (mesh canary status)`,
    };
  }
  if (action === 'abort') return rollBackAlone(found, `${actor} aborted it`, clock, move);
  const done = await move((record) => acted(action, record, found, command, clock.now()), { weights: false });
  if (done.state === 'unreachable') return { exitCode: done.code, message: `${found.id}: ${done.message}` };
  return {
    exitCode: exit.success,
    message: `${found.id}: done; no runner lives, mesh canary run goes on with it`,
  };
}

function acted(
  action: Exclude<RolloutCommand['action'], 'abort'>,
  { runner: _, ...record }: RolloutRecord,
  { rollout }: RecordedRollout,
  command: RolloutCommand,
  now: Date,
): RolloutRecord {
  if (action === 'pause') return stopAttempt(record, 'paused', `${command.by} paused it`, now.toISOString());
  const going = record.state === 'running' ? record : continueAttempt(record, now);
  return action === 'resume' ? going : passGate(going, rollout?.steps.length ?? 0, command.full === true);
}

function refusal(
  action: RolloutCommand['action'],
  { rollout, state, reason }: RolloutRecord,
): RunEnd | undefined {
  const isOver = state === 'promoted' || state === 'rolled-back';
  if (isOver && action === 'abort' && state === 'rolled-back')
    return { exitCode: exit.success, message: `${rollout}: it is rolled back already` };
  if (isOver && action !== 'abort') {
    const why = reason === undefined ? '' : `: ${reason}`;
    return { exitCode: exit.refused, message: `${rollout} is ${state}${why}; there is nothing to ${action}` };
  }
  if (state === 'rolling-back' && action !== 'abort')
    return {
      exitCode: exit.refused,
      message: `${rollout} is on its way back: mesh canary abort ${rollout} finishes it`,
    };
  return undefined;
}
