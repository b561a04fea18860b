import { named } from '../core/history/earlier.ts';
import { Ledger } from '../core/history/ledger.ts';
import { record } from '../core/lib/record.ts';
import { PortError } from '../ports.ts';
import type { Invocation } from '../program.ts';
import { historyJson } from '../ui/history-json.ts';
import { historyText } from '../ui/history-text.ts';
import { palette } from '../ui/palette.ts';
import type { ObservingParts } from './delivery/delivery-parts.ts';
import { outputsOf } from './delivery/outputs-of.ts';
import { meshOptions, value, values } from './options.ts';

const failed = 1;

/** `mesh history`: the runs that are recorded at each output; `--pin` keeps one from being forgotten. */
export async function history(invocation: Invocation, parts: ObservingParts): Promise<number> {
  const { console } = parts;
  const opened = await parts.openSpecStore(meshOptions(invocation));
  try {
    const { ir, outputs, exitCode } = await outputsOf(opened, invocation, parts);
    if (!ir) return exitCode;
    const pin = value(invocation, 'pin');
    if (pin !== undefined)
      await pinned(
        outputs.map(({ directory }) => new Ledger(directory)),
        pin,
      );
    const targets = await Promise.all(
      outputs.map(async ({ config, directory }) => {
        const ledger = new Ledger(directory);
        return [
          config.name,
          { applied: (await ledger.readState())?.applied, entries: await ledger.entries() },
        ] as const;
      }),
    );
    if (values(invocation, 'format').includes('json')) console.out(historyJson(record(targets)));
    else
      for (const [name, { entries, applied }] of targets)
        console.out(historyText(name, entries, applied, palette(console.outColour)));
    return 0;
  } finally {
    await opened.dispose();
  }
}

async function pinned(ledgers: readonly Ledger[], id: string): Promise<void> {
  let found = false;
  for (const ledger of ledgers) {
    const one = named(await ledger.entries(), id);
    if ('missing' in one) continue;
    await ledger.writeEntry({ ...one.entry, pinned: true });
    found = true;
  }
  if (!found) throw new PortError(`no recorded revision is ${JSON.stringify(id)}`, failed);
}
