import type { StreamLine } from '../../evidence/stream-line.ts';
import type { AttemptProgress } from './attempt-progress.ts';

/**
 * One line of an attempt's journal: evidence, or an action of the runner. `t` is seconds since the attempt began,
 * without pauses.
 */
export type RolloutJournalLine =
  | StreamLine
  /** A sign of life of the runner between readings; `alive` is the time of the wall clock, ISO 8601. */
  | { readonly t: number; readonly alive: string }
  /** The end of a reading, which is a sign of life, too. */
  | { readonly t: number; readonly reading: string }
  /** The decision to go to a step, before its weight is written. */
  | { readonly t: number; readonly step: number }
  /** The sum of all earlier lines, which it replaces. */
  | { readonly sum: AttemptProgress };

/** Returns true for a line of evidence. */
export function isEvidence(line: RolloutJournalLine): line is StreamLine {
  return !('reading' in line) && !('alive' in line) && !('step' in line) && !('sum' in line);
}
