import type { HistoryEntry } from '../core/history/entry.ts';
import type { SpecEdit } from '../core/plan/spec-edit.ts';
import { jsonText } from './json-text.ts';

/** The recorded runs of one target. */
export interface TargetHistory {
  /** The id of the entry that is applied. */
  readonly applied?: string;
  /** Oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** The differences of the specs before and after the one run that was asked for; absent if they are unknown. */
  readonly spec?: readonly SpecEdit[];
}

/** Returns the history of each target, oldest first, in the shape of schemas/output/history.json. */
export function historyJson(targets: Readonly<Record<string, TargetHistory>>): string {
  return jsonText({ formatVersion: '1.0', targets });
}
