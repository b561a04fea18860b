import { readJournal } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';

/**
 * Reads all stored data that a run needs before it writes anything. Throws PortError(1) if a newer `mesh` wrote some of
 * the data, naming the needed version, or if some is damaged; damaged entries of the history are no obstacle.
 */
export async function checkStored(output: OutputDriver): Promise<void> {
  const ledger = new Ledger(output.store);
  await ledger.readState();
  await readJournal(output.store);
  await ledger.entries();
  const mark = await output.inForce();
  if (mark !== undefined) await output.recorded(mark);
}
