import type { Verdict } from '../judge/verdict.ts';

/** The version of the answer's shape: major.minor; a minor only adds. */
const replayFormatVersion = '1.0';

/** The answer of `mesh canary replay`: the verdict of one stream. */
export interface ReplayAnswer extends Verdict {
  readonly formatVersion: string;
  /** The name of the stream, with `--batch`. */
  readonly stream?: string;
}

/** Returns the answer for a verdict. */
export function replayAnswer(verdict: Verdict, stream?: string): ReplayAnswer {
  return { formatVersion: replayFormatVersion, ...(stream === undefined ? {} : { stream }), ...verdict };
}
