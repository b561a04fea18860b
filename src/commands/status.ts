import type { Invocation } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { issuerLives } from '../core/identity/issuer-life.ts';
import { record } from '../core/lib/record.ts';
import { concerns, type TargetStatus } from '../core/status/status.ts';
import { targetStatus } from '../core/status/target-status.ts';
import type { Palette } from '../ui/palette.ts';
import { statusJson } from '../ui/status-json.ts';
import { statusText } from '../ui/status-text.ts';
import type { WatchingParts } from './delivery/delivery-parts.ts';
import { withOutputs } from './delivery/meant-outputs.ts';
import { observeOutput } from './delivery/observe-output.ts';
import { targetOf } from './delivery/target-of.ts';
import { answer, wantedFormats } from './formats.ts';

/**
 * `mesh status`: shows what is applied to each output and its state, from the records of outputs and the answers of
 * proxies.
 */
export async function status(invocation: Invocation<'status'>, parts: WatchingParts): Promise<ExitCode> {
  wantedFormats(invocation);
  return withOutputs(invocation, parts, async (meant): Promise<ExitCode> => {
    const found: (readonly [string, TargetStatus])[] = [];
    for (const one of meant.outputs) {
      const observed = await observeOutput(meant, one, parts);
      const { config, output } = one;
      const { name } = config;
      const lives = issuerLives(meant.trust.trust, name, parts.reader, parts.clock.now().getTime());
      found.push([name, await targetStatus(await targetOf(config), output, observed, lives, parts)] as const);
    }
    const { quiet } = invocation;
    const now = parts.clock.now();
    const renderers = {
      text: (colours: Palette, columns: number) =>
        found
          .filter(([, target]) => !quiet || concerns(target).length > 0)
          .map(([name, target]) => statusText(name, target, now, colours, columns))
          .join('\n'),
      json: () => statusJson(record(found)),
    };
    await answer(invocation, renderers, parts);
    if (!invocation.detailedExitcode) return exit.success;
    const all = found.flatMap(([, target]) => concerns(target));
    return order.find((code) => all.includes(code)) ?? exit.success;
  });
}

const order = [exit.incomplete, exit.unaccepted, exit.certificate, exit.changed] as const;
