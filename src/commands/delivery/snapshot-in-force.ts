import type { OutputDriver } from '../../core/outputs/output-driver.ts';

/** Returns the digest of the snapshot in force at an output; undefined if none is or its record is lost. */
export async function snapshotInForce(output: OutputDriver): Promise<string | undefined> {
  const mark = await output.inForce();
  return mark === undefined ? undefined : (await output.recorded(mark))?.snapshot;
}
