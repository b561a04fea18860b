import type { Climb } from '../judge/climb.ts';
import type { JudgeState } from '../judge/judge-state.ts';

/** The sum of the journal of an attempt: plain data, the same after a way through JSON. */
export interface AttemptProgress {
  readonly judge: JudgeState;
  readonly climb: Climb;
  /** The last step whose weight was written; -1 before the first. */
  readonly written: number;
  /** The runner's last sign of life, ISO 8601. */
  readonly seen?: string;
  /** The verdict on the last reading with its reason, and the second of the reading that first had both. */
  readonly verdict?: { readonly text: string; readonly since: number };
}
