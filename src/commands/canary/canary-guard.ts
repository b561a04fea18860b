import type { Invocation } from '../../command-table/invocation.ts';
import { GuardSights } from '../../core/canary/record/guard-sights.ts';
import type { RunEnd } from '../../core/canary/run/run-end.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { ulid } from '../../core/history/ulid.ts';
import { countsOf } from '../../core/plan/assemble-plan.ts';
import { UsageError } from '../../core/usage-error.ts';
import { PortError } from '../../ports/port-error.ts';
import type { DeliveringParts } from '../delivery/delivery-parts.ts';
import { durationOf } from '../delivery/duration-option.ts';
import { EventLog } from '../delivery/event-log.ts';
import { type MeantOutputs, withOutputs } from '../delivery/meant-outputs.ts';
import { wantedFormats } from '../formats.ts';
import { guardRollout } from './guard-rollout.ts';
import { mover } from './roll-back-alone.ts';
import { recordedRollouts } from './rollout-outputs.ts';

/**
 * `mesh canary guard`: acts for runners that are gone. Finishes rollbacks. Rolls back or holds a running rollout as
 * `on.runnerLost` says, and after the deadline as `on.inconclusive` says, too. Lowers a paused rollout to at most
 * `maxWeightUnattended`, and leaves a held one as it is. With `--every` writes the time of the look to the outputs, so
 * that runners know of the guard.
 */
export async function canaryGuard(
  invocation: Invocation<'canary guard'>,
  parts: DeliveringParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  const every = everyOf(invocation);
  return withOutputs(invocation, parts, async (meant): Promise<ExitCode> => {
    const { clock } = parts;
    const log = new EventLog(ulid(clock.now(), parts.entropy.bytes(10)), invocation, parts);
    try {
      log.start({ command: 'canary', tool: parts.tool, revision: 'guard' });
      const ends: RunEnd[] = [];
      const { rollouts, lost } = await recordedRollouts(meant);
      for (const found of rollouts) {
        const end = await guardRollout(found, clock, mover(found, meant, invocation, parts, log));
        if (end === undefined) continue;
        ends.push(end);
        parts.console.error(`${end.message}\n`);
      }
      for (const { name, error } of lost) {
        const end = { exitCode: exit.unreachable, message: `target ${name}: ${error.message}` };
        ends.push(end);
        parts.console.error(`${end.message}\n`);
      }
      if (every !== undefined)
        for (const end of await remembered(meant, lost, every, parts)) {
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

/** The exit codes of a guard, the worst first. */
const worst = [exit.unrecovered, exit.unreachable, exit.undecided, exit.rolledBack] as const;

const [shortest, longest] = [5000, 600_000];

/**
 * Returns the milliseconds of `--every`. Throws UsageError if the interval is too short or too long to rely on the
 * guard.
 */
function everyOf(invocation: Invocation<'canary guard'>): number | undefined {
  if (invocation.every === undefined) return undefined;
  const every = durationOf(invocation, 'every', 0);
  if (every >= shortest && every <= longest) return every;
  throw new UsageError(
    `--every ${invocation.every} is out of range: it is the time between two looks, 5s to 10m`,
  );
}

/** Writes the time of the look to each output that was read; returns the failures. */
async function remembered(
  { outputs }: MeantOutputs,
  lost: readonly { readonly name: string }[],
  every: number,
  { clock, actor: by }: DeliveringParts,
): Promise<readonly RunEnd[]> {
  const ends: RunEnd[] = [];
  for (const { config, output } of outputs) {
    const isRead = lost.every(({ name }) => name !== config.name);
    if (!isRead || config.output.type === 'git') continue;
    try {
      await new GuardSights(output.store).write({ seen: clock.now().toISOString(), every, by });
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      ends.push({ exitCode: exit.unreachable, message: `target ${config.name}: ${error.message}` });
    }
  }
  return ends;
}
