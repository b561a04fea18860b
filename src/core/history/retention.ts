import type { HistoryEntry } from './entry.ts';

/** Number of runs that are kept, beside the pinned ones. */
const kept = 10;

/** Returns the ids of entries that may be removed: all except the newest ten, the pinned ones and the applied one. */
export function expired(entries: readonly HistoryEntry[], applied: string | undefined): readonly string[] {
  const free = entries.filter(({ id, pinned }) => pinned !== true && id !== applied);
  const room = Math.max(
    0,
    kept - entries.filter(({ id, pinned }) => id === applied && pinned !== true).length,
  );
  return free.slice(0, Math.max(0, free.length - room)).map(({ id }) => id);
}
