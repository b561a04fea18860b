import type { Invocation } from '../../command-table/invocation.ts';
import type { RolloutRecord, RolloutWish } from '../../core/canary/record/rollout-record.ts';
import { goingOn, passing, waiting } from '../../core/canary/run/attempt.ts';
import type { RunEnd } from '../../core/canary/run/run-end.ts';
import { isAlive } from '../../core/canary/run/start-of.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { ulid } from '../../core/history/ulid.ts';
import { countsOf } from '../../core/plan/assemble-plan.ts';
import type { DeliveringParts } from '../delivery/delivery-parts.ts';
import { EventLog } from '../delivery/event-log.ts';
import { type MeantOutputs, withOutputs } from '../delivery/meant-outputs.ts';
import { wantedFormats } from '../formats.ts';
import { chosenRollout } from './chosen-rollout.ts';
import { mover, rollBackAlone } from './roll-back-alone.ts';
import { type RecordedRollout, recordedRollouts } from './rollout-outputs.ts';

type WishCommand = 'canary abort' | 'canary pause' | 'canary promote' | 'canary resume';

/** The call of one of the commands, with the wish that it makes. */
export type WishInvocation = Invocation<WishCommand> & { readonly full?: boolean };

/**
 * `mesh canary promote`, `pause`, `resume` and `abort`: leaves a wish in the record, which a living runner takes up within
 * its interval. Without one the command acts itself.
 */
export async function canaryWish(
  action: RolloutWish['action'],
  invocation: WishInvocation,
  parts: DeliveringParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  return withOutputs(invocation, parts, async (meant): Promise<ExitCode> => {
    const { rollouts, lost } = await recordedRollouts(meant);
    const [unread] = lost;
    if (unread !== undefined && action !== 'abort') throw unread.error;
    const found = chosenRollout(rollouts, invocation.arguments[0], 'the record of the outputs');
    const id = ulid(parts.clock.now(), parts.entropy.bytes(10));
    const log = new EventLog(id, invocation, parts);
    try {
      log.start({ command: 'canary', tool: parts.tool, revision: found.id });
      const { exitCode, message } = await carriedOut(action, found, meant, invocation, log, parts);
      parts.console.error(`${message}\n`);
      const result = exitCode === exit.success ? 'succeeded' : 'failed';
      const cause = { code: exitCode, message };
      log.end({
        outcome: { result, ...(exitCode !== exit.success && { cause }) },
        exitCode,
        counts: countsOf([]),
      });
      return exitCode;
    } finally {
      await log.close();
    }
  });
}

async function carriedOut(
  action: RolloutWish['action'],
  found: RecordedRollout,
  meant: MeantOutputs,
  invocation: WishInvocation,
  log: EventLog,
  parts: DeliveringParts,
): Promise<RunEnd> {
  const { clock, actor } = parts;
  const at = clock.now().toISOString();
  const wish: RolloutWish = { action, by: actor, at, ...(invocation.full === true && { full: true }) };
  const refused = refusal(action, found.record);
  if (refused !== undefined) return refused;
  const move = mover(found, meant, invocation, parts, log);
  if (isAlive(found.record, found.lines, clock.now())) {
    const left = await move((record) => ({ ...record, wishes: [...record.wishes, wish] }), {
      weights: false,
    });
    // The runner doesn't move all targets either: an abort goes wherever it can.
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
  const done = await move((record) => acted(action, record, found, wish, clock.now()), { weights: false });
  if (done.state === 'unreachable') return { exitCode: done.code, message: `${found.id}: ${done.message}` };
  return {
    exitCode: exit.success,
    message: `${found.id}: done; no runner lives, mesh canary run goes on with it`,
  };
}

function acted(
  action: Exclude<RolloutWish['action'], 'abort'>,
  { runner: _, ...record }: RolloutRecord,
  { rollout }: RecordedRollout,
  wish: RolloutWish,
  now: Date,
): RolloutRecord {
  if (action === 'pause') return waiting(record, 'paused', `${wish.by} paused it`, now.toISOString());
  const going = record.state === 'running' ? record : goingOn(record, now);
  return action === 'resume' ? going : passing(going, rollout?.steps.length ?? 0, wish.full === true);
}

function refusal(
  action: RolloutWish['action'],
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
