import { readJournal } from '../../core/history/journal.ts';
import { Ledger } from '../../core/history/ledger.ts';
import { pointerOf } from '../../core/history/pointer-of.ts';
import type { Snapshot } from '../../core/history/snapshot.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Directory } from '../../ports/directory.ts';
import { PortError } from '../../ports/port-error.ts';
import type { DirectoryTarget } from './directory-targets.ts';
import type { TargetOutput } from './outputs-of.ts';
import type { TrustBundles } from './trust-bundles.ts';

/** An output by what it remembers itself. */
export interface RecordedOutputs {
  readonly ir: Ir;
  readonly outputs: readonly TargetOutput[];
  readonly trust: TrustBundles;
}

/** Takes target, environment and trust from an output directory, where the repository that made it is gone or broken. */
export async function recordedOutputs(directory: Directory): Promise<RecordedOutputs> {
  const where = JSON.stringify(directory.path);
  const ledger = new Ledger(directory);
  if ((await ledger.readState()) === undefined)
    throw new PortError(`${where} is no output of mesh: nothing was applied to it`, 1);
  const snapshot = await lastSnapshot(directory, ledger);
  if (snapshot === undefined) throw new PortError(`${where} remembers no revision`, 1);
  const { ir, about, trust } = snapshot;
  const config = ir.targets[about.target];
  if (config?.output?.type !== 'directory')
    throw new PortError(`${where} does not say which target it is`, 1);
  const output: TargetOutput = { config: config as DirectoryTarget, directory };
  return { ir, outputs: [output], trust: { bundles: {}, ...trust, isRecorded: true } };
}

/** Of what proxies read now; where they read nothing yet, of what was about to be written. */
async function lastSnapshot(directory: Directory, ledger: Ledger): Promise<Snapshot | undefined> {
  const name = (await directory.linkTarget('config/current'))?.replace('../revisions/', '');
  const digest =
    (name !== undefined && (await pointerOf(ledger, name))?.pointer.snapshot) ||
    (await readJournal(directory))?.begin.stages.at(-1)?.snapshot;
  return digest === undefined ? undefined : ledger.readSnapshot(digest);
}
