import type { HistoryEntry } from './entry.ts';

/** Returns the entry with one more run that found nothing to do. */
export function fold(entry: HistoryEntry, at: string): HistoryEntry {
  return { ...entry, unchanged: { times: (entry.unchanged?.times ?? 0) + 1, last: at } };
}
