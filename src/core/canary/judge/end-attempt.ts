import { lookAtAcceptance } from './acceptance-looks.ts';
import { endReading } from './end-reading.ts';
import type { JudgeState } from './judge-state.ts';

/** Ends the last reading at the deadline or at the end of a stream, and takes the last look at acceptance. */
export function endAttempt(state: JudgeState): JudgeState {
  endReading(state, state.now);
  if (!state.acceptance.accepted) lookAtAcceptance(state, true);
  return state;
}
