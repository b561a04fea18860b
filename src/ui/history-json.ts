import type { HistoryEntry } from '../core/history/entry.ts';
import { jsonText } from './json-text.ts';

/** Returns the history of each target, oldest first, in the shape of schemas/output/history.json. */
export function historyJson(
  targets: Readonly<Record<string, { readonly applied?: string; readonly entries: readonly HistoryEntry[] }>>,
): string {
  return jsonText({ formatVersion: '1.0', targets });
}
