import type { Climb } from '../judge/climb.ts';
import type { JudgeState } from '../judge/judge-state.ts';

/** The sum of an attempt's journal: plain data that JSON keeps unchanged. */
export interface AttemptProgress {
  readonly judge: JudgeState;
  readonly climb: Climb;
  /** The position of the last step whose weight was written; -1 before the first. */
  readonly written: number;
  /** The runner's last sign of life, ISO 8601. */
  readonly seen?: string;
  /**
   * The verdict on the last reading with its reason; `since` is the second of the first reading with the same verdict
   * and reason.
   */
  readonly verdict?: { readonly text: string; readonly since: number };
}
