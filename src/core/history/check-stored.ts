import type { Directory } from '../../ports/directory.ts';
import { readJournal } from './journal.ts';
import { Ledger } from './ledger.ts';

/**
 * Reads all that a run goes by, before it writes anything. Throws PortError(1) if a newer `mesh` wrote any of it, naming
 * the version that is needed, or if it is damaged; damaged entries of history are no obstacle.
 */
export async function checkStored(directory: Directory): Promise<void> {
  const ledger = new Ledger(directory);
  await ledger.readState();
  await readJournal(directory);
  await ledger.entries();
  const name = (await directory.linkTarget('config/current'))?.replace('../revisions/', '');
  if (name !== undefined && /^[0-9A-Za-z-]+$/.test(name)) await ledger.readPointer(name);
}
