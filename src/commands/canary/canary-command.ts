import type { Invocation } from '../../command-table/invocation.ts';
import type { RolloutCommand } from '../../core/canary/record/rollout-record.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { ulid } from '../../core/history/ulid.ts';
import { countsOf } from '../../core/plan/assemble-plan.ts';
import type { DeliveringParts } from '../delivery/delivery-parts.ts';
import { EventLog } from '../delivery/event-log.ts';
import { withOutputs } from '../delivery/meant-outputs.ts';
import { wantedFormats } from '../formats.ts';
import { carryOutCommand } from './carry-out-command.ts';
import { chosenRollout } from './chosen-rollout.ts';
import { mover } from './roll-back-alone.ts';
import { recordedRollouts } from './rollout-outputs.ts';

type WishCommand = 'canary abort' | 'canary pause' | 'canary promote' | 'canary resume';

/** The call of one of the commands, with the command that it makes. */
export type CommandInvocation = Invocation<WishCommand> & { readonly full?: boolean };

/**
 * `mesh canary promote`, `pause`, `resume` and `abort`: leaves a command in the record, which a living runner takes up
 * within its interval. Without a living runner the command acts itself.
 */
export async function canaryCommand(
  action: RolloutCommand['action'],
  invocation: CommandInvocation,
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
      const { exitCode, message } = await carryOutCommand(
        { action, ...(invocation.full === true && { full: true }) },
        found,
        parts,
        mover(found, meant, invocation, parts, log),
      );
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
