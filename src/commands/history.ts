import type { Invocation } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { type Earlier, named } from '../core/history/earlier.ts';
import { Ledger } from '../core/history/ledger.ts';
import { record } from '../core/lib/record.ts';
import type { OutputDriver } from '../core/outputs/output-driver.ts';
import { changedByRun } from '../core/plan/changed-by-run.ts';
import { PortError } from '../ports/port-error.ts';
import { historyJson, type TargetHistory } from '../ui/history-json.ts';
import { historyText } from '../ui/history-text.ts';
import { runText } from '../ui/run-text.ts';
import type { ObservingParts } from './delivery/delivery-parts.ts';
import { withOutputs } from './delivery/meant-outputs.ts';
import { answer, type Renderers, wantedFormats } from './formats.ts';

/** `mesh history`: shows the recorded runs of each output, or the changes of one run; `--pin` keeps an entry permanently. */
export async function history(invocation: Invocation<'history'>, parts: ObservingParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const { verbose = false, pin } = invocation;
  const [wanted] = invocation.arguments;
  return withOutputs(invocation, parts, async ({ outputs }) => {
    const ledgers = outputs.map(({ config, output }) => [config.name, new Ledger(output.store)] as const);
    if (pin !== undefined)
      await pinEntry(
        outputs.map(({ output }) => output),
        pin,
      );
    for (const [name, ledger] of ledgers)
      for (const file of await ledger.damagedEntries())
        parts.console.error(`target ${name}: ${file} is damaged and left out\n`);
    const targets = await Promise.all(
      ledgers.map(async ([name, ledger]) => [name, await historyOf(ledger, wanted)] as const),
    );
    const found = targets.flatMap(([name, one]) => ('missing' in one ? [] : [[name, one] as const]));
    refuseUnknown(targets.map(([, one]) => one));
    const renderers: Renderers = {
      text: (colours, width, isTerminal) => {
        const columns = isTerminal ? width : Number.POSITIVE_INFINITY;
        return found
          .map(([name, one]) =>
            wanted === undefined
              ? historyText(name, one.entries, one.applied, colours, columns)
              : runText(name, one, colours, { verbose, columns }),
          )
          .join('\n');
      },
      json: () => historyJson(record(found)),
    };
    await answer(invocation, renderers, parts);
    return exit.success;
  });
}

type Missing = Extract<Earlier, { readonly missing: string }>;

/** Returns all runs of an output, or the one whose id is `wanted` with the differences that it made. */
async function historyOf(ledger: Ledger, wanted: string | undefined): Promise<TargetHistory | Missing> {
  const applied = (await ledger.readState())?.applied;
  const whole = { ...(applied !== undefined && { applied }), entries: await ledger.entries() };
  if (wanted === undefined) return whole;
  const found = named(whole.entries, wanted);
  if ('missing' in found) return found;
  const spec = await changedByRun(found.entry, whole.entries, ledger);
  return { ...whole, entries: [found.entry], ...(spec && { spec }) };
}

/** Throws PortError(1) if no output has the run that was asked for. */
function refuseUnknown(found: readonly (TargetHistory | Missing)[]): void {
  const [first] = found;
  if (first === undefined || !('missing' in first)) return;
  if (found.every((one) => 'missing' in one)) throw new PortError(first.missing, exit.failed);
}

async function pinEntry(outputs: readonly OutputDriver[], id: string): Promise<void> {
  let found = false;
  for (const output of outputs) {
    const ledger = new Ledger(output.store);
    const one = named(await ledger.entries(), id);
    if ('missing' in one) continue;
    await ledger.writeEntry({ ...one.entry, pinned: true });
    await output.flush?.();
    found = true;
  }
  if (!found) throw new PortError(`no recorded revision is ${JSON.stringify(id)}`, exit.failed);
}
