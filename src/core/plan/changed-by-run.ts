import type { HistoryEntry } from '../history/entry.ts';
import type { Ledger } from '../history/ledger.ts';
import { recordedDifference } from './recorded-difference.ts';
import type { SpecEdit } from './spec-edit.ts';

/**
 * Returns the differences of the specs before and after a recorded run; undefined if one of them is not recorded any
 * more.
 */
export async function changedByRun(
  { parent, snapshot }: Pick<HistoryEntry, 'parent' | 'snapshot'>,
  entries: readonly HistoryEntry[],
  ledger: Pick<Ledger, 'readSnapshot'>,
): Promise<readonly SpecEdit[] | undefined> {
  const after = await ledger.readSnapshot(snapshot);
  if (after?.sources === undefined) return undefined;
  const before = parent === undefined ? [] : await sourcesOf(parent, entries, ledger);
  return before && recordedDifference(before, after.sources, after.ir.environment);
}

async function sourcesOf(id: string, entries: readonly HistoryEntry[], ledger: Pick<Ledger, 'readSnapshot'>) {
  const entry = entries.find((one) => one.id === id);
  return entry && (await ledger.readSnapshot(entry.snapshot))?.sources;
}
