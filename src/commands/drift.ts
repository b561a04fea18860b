import type { Invocation, Options } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { record } from '../core/lib/record.ts';
import { UsageError } from '../core/usage-error.ts';
import { driftJson } from '../ui/drift-json.ts';
import { driftText } from '../ui/drift-text.ts';
import type { Palette } from '../ui/palette.ts';
import type { WatchingParts } from './delivery/delivery-parts.ts';
import { type FoundDrift, lookForDrift } from './delivery/look-for-drift.ts';
import { withOutputs } from './delivery/meant-outputs.ts';
import { watchDrift } from './delivery/watch-drift.ts';
import { answer, wantedFormats } from './formats.ts';

/** `mesh drift`: shows where each output differs from its records of the last run; `--watch` goes on looking. */
export async function drift(invocation: Invocation<'drift'>, parts: WatchingParts): Promise<ExitCode> {
  const formats = wantedFormats(invocation).map(({ format }) => format);
  const watches = invocation.watch;
  if (watches && formats.includes('json'))
    throw new UsageError('--watch has no end that json could wait for: use --format ndjson');
  if (!watches && formats.includes('ndjson'))
    throw new UsageError('--format ndjson tells what happens while --watch looks: use --format json');
  return withOutputs(invocation, parts, async (meant): Promise<ExitCode> => {
    if (watches) return watchDrift(meant, invocation, parts);
    const found = await lookForDrift(meant, parts);
    await answer(invocation, renderers(found, invocation), parts);
    const isDrift = found.some(([, { drift: all }]) => all.length > 0);
    return isDrift && invocation.detailedExitcode ? exit.changed : exit.success;
  });
}

function renderers(found: FoundDrift, { verbose = false, quiet }: Options<'quiet' | 'verbose'>) {
  return {
    text: (colours: Palette, width: number, isTerminal: boolean) =>
      found
        .filter(([, target]) => !quiet || target.drift.length > 0)
        .map(([name, target]) =>
          driftText(name, target, colours, {
            verbose,
            columns: isTerminal ? width : Number.POSITIVE_INFINITY,
          }),
        )
        .join('\n'),
    json: () => driftJson(record(found)),
    // ndjson exists only with `--watch`, which reports events.
    ndjson: () => '',
  };
}
