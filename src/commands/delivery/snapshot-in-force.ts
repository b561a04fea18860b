import { Ledger } from '../../core/history/ledger.ts';
import type { Snapshot } from '../../core/history/snapshot.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';

/** Returns the digest of the snapshot in force at an output; undefined if none is or its record is lost. */
export async function snapshotInForce(output: OutputDriver): Promise<string | undefined> {
  const mark = await output.inForce();
  return mark === undefined ? undefined : (await output.recorded(mark))?.snapshot;
}

/** Returns the revision in force at an output; undefined if none is or its record is lost. */
export async function revisionInForce(output: OutputDriver): Promise<Snapshot | undefined> {
  const digest = await snapshotInForce(output);
  return digest === undefined ? undefined : new Ledger(output.store).readSnapshot(digest);
}
