import type { Directory } from '../../ports/directory.ts';
import type { HistoryEntry } from './entry.ts';
import { Ledger } from './ledger.ts';
import { pointerOf } from './pointer-of.ts';
import { emptyState, type State } from './state.ts';

/**
 * The state of an output whose own is lost, from what else is there: only where the revision that proxies read says
 * itself that it is of this inventory. When proxies answered isn't known any more. A hold that a rollback left is taken
 * to be in force still.
 */
export async function rebuiltState(directory: Directory, inventory: string): Promise<State | undefined> {
  const ledger = new Ledger(directory);
  const name = (await directory.linkTarget('config/current'))?.replace('../revisions/', '');
  const found = name === undefined ? undefined : await pointerOf(ledger, name);
  const snapshot = found && (await ledger.readSnapshot(found.pointer.snapshot));
  if (!snapshot) return undefined;
  const { ir, about } = snapshot;
  if (`${ir.name}.${ir.environment}.${about.target}` !== inventory) return undefined;
  const applied = (await ledger.entries()).findLast(({ outcome }) => outcome === 'succeeded');
  const folder = (await directory.linkTarget('secrets/current'))?.slice('.revisions/'.length);
  const certificates = folder === undefined ? undefined : await ledger.readMaterial(folder);
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
  const folders = ['revisions', 'secrets/.revisions', '.mesh', '.mesh/revisions'];
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
