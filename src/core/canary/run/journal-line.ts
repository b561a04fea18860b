import type { StreamLine } from '../../evidence/stream-line.ts';
import type { AttemptProgress } from './attempt-progress.ts';

/**
 * One line of the journal of an attempt: the evidence as it was read, and what the runner did. `t` is seconds since the
 * attempt began, without its pauses.
 */
export type RolloutJournalLine =
  | StreamLine
  /** A sign of life of the runner between readings: the moment by the wall clock, ISO 8601. */
  | { readonly t: number; readonly alive: string }
  /** The end of a reading, which is a sign of life, too. */
  | { readonly t: number; readonly reading: string }
  /** The decision to go to a step, before its weight is written. */
  | { readonly t: number; readonly step: number }
  /** The sum of all lines before, which are left out. */
  | { readonly sum: AttemptProgress };

/** Returns true for a line of evidence. */
export function isEvidence(line: RolloutJournalLine): line is StreamLine {
  return !('reading' in line) && !('alive' in line) && !('step' in line) && !('sum' in line);
}
