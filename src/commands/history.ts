import type { Invocation } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { named } from '../core/history/earlier.ts';
import { Ledger } from '../core/history/ledger.ts';
import { record } from '../core/lib/record.ts';
import type { OutputDriver } from '../core/outputs/output-driver.ts';
import { PortError } from '../ports/port-error.ts';
import { historyJson } from '../ui/history-json.ts';
import { historyText } from '../ui/history-text.ts';
import type { ObservingParts } from './delivery/delivery-parts.ts';
import { withOutputs } from './delivery/meant-outputs.ts';
import { answer, wantedFormats } from './formats.ts';

/** `mesh history`: shows the recorded runs of each output; `--pin` keeps an entry permanently. */
export async function history(invocation: Invocation<'history'>, parts: ObservingParts): Promise<ExitCode> {
  wantedFormats(invocation);
  return withOutputs(invocation, parts, async ({ outputs }) => {
    const ledgers = outputs.map(({ config, output }) => [config.name, new Ledger(output.store)] as const);
    const pin = invocation.pin;
    if (pin !== undefined)
      await pinEntry(
        outputs.map(({ output }) => output),
        pin,
      );
    for (const [name, ledger] of ledgers)
      for (const file of await ledger.damagedEntries())
        parts.console.error(`target ${name}: ${file} is damaged and left out\n`);
    const targets = await Promise.all(
      ledgers.map(async ([name, ledger]) => {
        const applied = (await ledger.readState())?.applied;
        return [
          name,
          { ...(applied !== undefined && { applied }), entries: await ledger.entries() },
        ] as const;
      }),
    );
    const renderers = {
      text: (colours: Parameters<typeof historyText>[3]) =>
        targets
          .map(([name, { entries, applied }]) => historyText(name, entries, applied, colours))
          .join('\n'),
      json: () => historyJson(record(targets)),
    };
    await answer(invocation, renderers, parts);
    return exit.success;
  });
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
