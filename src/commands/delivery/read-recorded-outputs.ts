import { exit } from '../../core/exit-code.ts';
import { readJournal } from '../../core/history/journal.ts';
import { Ledger } from '../../core/history/ledger.ts';
import type { Snapshot } from '../../core/history/snapshot.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import { PortError } from '../../ports/port-error.ts';
import type { ObservingParts } from './delivery-parts.ts';
import { isDelivered, openDirectory } from './open-output.ts';
import type { TargetOutput } from './read-outputs.ts';
import { snapshotInForce } from './snapshot-in-force.ts';
import type { TrustBundles } from './trust-bundles.ts';

/** An output as its own records describe it. */
export interface RecordedOutputs {
  readonly ir: Ir;
  readonly outputs: readonly TargetOutput[];
  readonly trust: TrustBundles;
}

/**
 * Reads target, environment, trust and the path that proxies see from an output directory, for use without the
 * repository; `path` is absolute.
 */
export async function readRecordedOutputs(
  path: string,
  parts: Pick<ObservingParts, 'outputDirectory'>,
): Promise<RecordedOutputs> {
  const output = await openDirectory(path, parts);
  const where = JSON.stringify(output.place);
  const ledger = new Ledger(output.store);
  if ((await ledger.readState()) === undefined)
    throw new PortError(`${where} is no output of mesh: nothing was applied to it`, exit.failed);
  const snapshot = await lastSnapshot(output, ledger);
  if (snapshot === undefined) throw new PortError(`${where} remembers no revision`, exit.failed);
  const { ir, about, trust } = snapshot;
  const config = ir.targets[about.target];
  if (config === undefined || !isDelivered(config) || config.output.type !== 'directory')
    throw new PortError(`${where} does not say which target it is`, exit.failed);
  const one: TargetOutput = { config, output: await openDirectory(path, parts, config.output) };
  return { ir, outputs: [one], trust: { bundles: {}, ...trust, isRecorded: true } };
}

/** Reads the revision in force; before the first one, the revision that a run was about to write. */
async function lastSnapshot(output: OutputDriver, ledger: Ledger): Promise<Snapshot | undefined> {
  const digest =
    (await snapshotInForce(output)) ?? (await readJournal(output.store))?.begin.stages.at(-1)?.snapshot;
  return digest === undefined ? undefined : ledger.readSnapshot(digest);
}
