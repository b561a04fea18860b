import { readJournal } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';

/**
 * Reads all that a run goes by, before it writes anything. Throws PortError(1) if a newer `mesh` wrote any of it, naming
 * the version that is needed, or if it is damaged; damaged entries of history are no obstacle.
 */
export async function checkStored(output: OutputDriver): Promise<void> {
  const ledger = new Ledger(output.store);
  await ledger.readState();
  await readJournal(output.store);
  await ledger.entries();
  const mark = await output.inForce();
  if (mark !== undefined) await output.recorded(mark);
}
