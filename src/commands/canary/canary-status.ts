import type { Invocation } from '../../command-table/invocation.ts';
import { isAlive } from '../../core/canary/run/start-of.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { type RolloutStatus, rolloutStatusText } from '../../ui/canary/rollout-status-text.ts';
import { jsonText } from '../../ui/json-text.ts';
import type { WatchingParts } from '../delivery/delivery-parts.ts';
import { withOutputs } from '../delivery/meant-outputs.ts';
import { answer, wantedFormats } from '../formats.ts';
import { chosenRollout } from './chosen-rollout.ts';
import { recordedRollouts } from './rollout-outputs.ts';

/** `mesh canary status`: shows the records of rollouts; asks neither Git nor metrics. */
export async function canaryStatus(
  invocation: Invocation<'canary status'>,
  parts: WatchingParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  return withOutputs(invocation, parts, async (meant): Promise<ExitCode> => {
    const all = await recordedRollouts(meant);
    const named = invocation.arguments[0];
    const shown = named === undefined ? all : [chosenRollout(all, named, 'the record of the outputs')];
    const now = parts.clock.now();
    const rollouts = shown.map(
      ({ record, lines, rollout, outputs }): RolloutStatus => ({
        record,
        isAlive: isAlive(record, lines, now),
        targets: outputs.map(({ config }) => config.name),
        steps: rollout?.steps.map(({ weight }) => weight) ?? [],
      }),
    );
    await answer(
      invocation,
      {
        text: (colours) => rolloutStatusText(rollouts, colours),
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
