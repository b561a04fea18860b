import { readJournal } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';

/**
 * Reads all stored data that a run needs before it writes anything. Throws PortError(1) if data is damaged, or if a
 * newer `mesh` wrote it, naming the needed version. Damaged entries of the history are no obstacle.
 */
export async function checkStored(output: OutputDriver): Promise<void> {
  const ledger = new Ledger(output.store);
  await ledger.readState();
  await readJournal(output.store);
  await ledger.entries();
  const mark = await output.inForce();
  if (mark !== undefined) await output.recorded(mark);
}
