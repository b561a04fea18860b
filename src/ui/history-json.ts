import type { HistoryEntry } from '../core/history/entry.ts';
import { jsonText } from './json-text.ts';

/** What was applied to each target, oldest first, as schemas/output/history.json says. */
export function historyJson(
  targets: Readonly<Record<string, { readonly applied?: string; readonly entries: readonly HistoryEntry[] }>>,
): string {
  return jsonText({ formatVersion: '1.0', targets });
}
