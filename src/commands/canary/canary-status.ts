import type { Invocation } from '../../command-table/invocation.ts';
import { policyOf } from '../../core/canary/judge/policy-of.ts';
import { timeLeft } from '../../core/canary/judge/time-left.ts';
import { verdictOf } from '../../core/canary/judge/verdict-of.ts';
import { progressOf } from '../../core/canary/run/progress.ts';
import { isAlive } from '../../core/canary/run/start-of.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { type RolloutStatus, rolloutStatusText } from '../../ui/canary/rollout-status-text.ts';
import { jsonText } from '../../ui/json-text.ts';
import type { WatchingParts } from '../delivery/delivery-parts.ts';
import { withOutputs } from '../delivery/meant-outputs.ts';
import { answer, wantedFormats } from '../formats.ts';
import { chosenRollout } from './chosen-rollout.ts';
import { type RecordedRollout, recordedRollouts } from './rollout-outputs.ts';

/** `mesh canary status`: shows the records of rollouts; asks neither Git nor metrics. */
export async function canaryStatus(
  invocation: Invocation<'canary status'>,
  parts: WatchingParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  return withOutputs(invocation, parts, async (meant): Promise<ExitCode> => {
    const { rollouts: all, lost } = await recordedRollouts(meant);
    const [unread] = lost;
    if (unread !== undefined) throw unread.error;
    const named = invocation.arguments[0];
    const shown = named === undefined ? all : [chosenRollout(all, named, 'the record of the outputs')];
    const now = parts.clock.now();
    const rollouts = shown.map((one): RolloutStatus => {
      const { record, lines, rollout, outputs } = one;
      return {
        record,
        isAlive: isAlive(record, lines, now),
        targets: outputs.map(({ config }) => config.name),
        steps: rollout?.steps.map(({ weight }) => weight) ?? [],
        ...judged(one),
      };
    });
    await answer(
      invocation,
      {
        text: (colours, columns) => rolloutStatusText(rollouts, colours, columns),
        json: () =>
          jsonText({
            formatVersion: '1.0',
            rollouts: rollouts.map(({ record: { formatVersion: _, judged: __, ...record }, ...status }) => ({
              ...record,
              ...status,
            })),
          }),
      },
      parts,
    );
    return exit.success;
  });
}

/** Returns the verdict on the evidence so far of an attempt under way, and the time until its next step. */
function judged({ record, lines, rollout }: RecordedRollout): Pick<RolloutStatus, 'verdict' | 'timeLeft'> {
  if (record.state !== 'running' || record.step < 0 || rollout === undefined) return {};
  const { judge, climb } = progressOf(policyOf(rollout), lines);
  const { verdict, reason } = verdictOf(judge, { mayPromote: false, isOver: false });
  const left = verdict === 'watching' ? timeLeft(judge, climb) : undefined;
  return { verdict: { verdict, ...reason }, ...(left !== undefined && { timeLeft: left }) };
}
