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
 * The state of an output whose own is lost, from what else is there: only where the revision that proxies read says
 * itself that it is of this inventory. When proxies answered isn't known any more. A hold that a rollback left is taken
 * to be in force still.
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

/** The highest epoch that anything in the output was named by, so that none is used twice. */
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
