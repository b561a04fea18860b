import type { FailedScrape } from './stream-line.ts';

/** The reason why counters can't be used. `empty`: there is no series at all. */
export interface Unreadable {
  readonly cause: NonNullable<FailedScrape['cause']> | 'empty';
  /** For people. */
  readonly why: string;
}

/** Returns true if the answer is the reason for a failure. */
export function isUnreadable(answer: object): answer is Unreadable {
  return 'why' in answer && 'cause' in answer;
}

/** Returns the line of evidence of a reading that failed. */
export function failedLine(
  t: number,
  { cause, why }: Unreadable,
  about: Pick<FailedScrape, 'arm' | 'instance' | 'side'> = {},
): FailedScrape {
  return { t, failed: true, ...about, cause: cause === 'empty' ? 'unreachable' : cause, why };
}
