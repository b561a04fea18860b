import type { Directory } from '../../../ports/directory.ts';
import type { HistoryEntry } from '../../history/entry.ts';
import { Ledger } from '../../history/ledger.ts';
import { emptyState, type State } from '../../history/state.ts';
import { DirectoryStore } from './directory-store.ts';
import {
  configLink,
  materialFolder,
  materialOfLink,
  memoryFolder,
  revisionOfLink,
  revisionsFolder,
  secretsLink,
} from './places.ts';
import { pointerOf } from './pointer-of.ts';
import { DirectoryRecords } from './records.ts';

/**
 * Returns the state of an output, rebuilt from its other records; undefined unless the revision that proxies read names
 * this inventory. The times of proxies' answers are lost. The hold of a rollback counts as still in force.
 */
export async function rebuiltState(directory: Directory, inventory: string): Promise<State | undefined> {
  const ledger = new Ledger(new DirectoryStore(directory));
  const name = revisionOfLink(await directory.linkTarget(configLink));
  const found = name === undefined ? undefined : await pointerOf(directory, name);
  const snapshot = found && (await ledger.readSnapshot(found.pointer.snapshot));
  if (!snapshot) return undefined;
  const { ir, about } = snapshot;
  if (`${ir.name}.${ir.environment}.${about.target}` !== inventory) return undefined;
  const applied = (await ledger.entries()).findLast(({ outcome }) => outcome === 'succeeded');
  const folder = materialOfLink(await directory.linkTarget(secretsLink));
  const certificates =
    folder === undefined ? undefined : await new DirectoryRecords(directory).readMaterial(folder);
  const hold = applied && holdOf(applied);
  return {
    ...emptyState(inventory),
    epoch: await lastEpoch(directory),
    ...(applied && { applied: applied.id }),
    ...(certificates && { certificates }),
    ...(hold && { hold }),
  };
}

/** Returns the highest epoch in any name of the output, so that no epoch is used twice. */
export async function lastEpoch(directory: Directory): Promise<number> {
  const folders = [revisionsFolder, materialFolder, memoryFolder, `${memoryFolder}/revisions`];
  const names = (await Promise.all(folders.map((folder) => directory.entries(folder)))).flat();
  const epochs = names.map(({ name }) =>
    Number(/^(?:(?:lock|journal)\.)?(\d{1,15})(?:-|$)/.exec(name)?.[1] ?? 0),
  );
  return Math.max(0, ...epochs);
}

function holdOf({ id, rollbackOf, finished, started, actor, digests }: HistoryEntry): State['hold'] {
  if (rollbackOf === undefined) return undefined;
  return { id, since: finished ?? started, by: actor, entry: rollbackOf, compiled: digests.compiled };
}
