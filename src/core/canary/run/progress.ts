import { beginJudging } from '../judge/begin-judging.ts';
import { advance, arrived, beginClimb, type Climb } from '../judge/climb.ts';
import { endReading } from '../judge/end-reading.ts';
import type { JudgePolicy } from '../judge/judge-policy.ts';
import type { JudgeState } from '../judge/judge-state.ts';
import { observe } from '../judge/observe.ts';
import { decide } from '../judge/verdict-of.ts';
import { isEvidence, type RolloutJournalLine } from './journal-line.ts';

/** The sum of the journal of an attempt. */
export interface Progress {
  readonly judge: JudgeState;
  readonly climb: Climb;
  /** The last step whose weight was written; -1 before the first. */
  readonly written: number;
  /** The runner's last sign of life, ISO 8601. */
  readonly seen?: string;
  /** The verdict on the last reading with its reason, and the second of the reading that first had both. */
  readonly verdict?: { readonly text: string; readonly since: number };
}

/** Returns the progress of an attempt without a line. */
function beginProgress(policy: JudgePolicy): Progress {
  return { judge: beginJudging(policy), climb: beginClimb(), written: -1 };
}

/** Adds a line; takes the progress over. The result depends on the lines alone, to the last bit. */
export function takeLine(progress: Progress, line: RolloutJournalLine): Progress {
  const { judge, climb, written } = progress;
  if ('alive' in line) return { ...progress, seen: line.alive };
  if ('reading' in line) {
    const state = endReading(judge, judge.now);
    const text = decide(state, { mayPromote: false, isOver: false }).join(' ');
    const isSame = progress.verdict?.text === text;
    const verdict = isSame ? progress.verdict : { text, since: line.t };
    return { ...progress, judge: state, seen: line.reading, verdict };
  }
  if ('step' in line)
    return line.step === 0
      ? progress
      : { ...progress, climb: advance({ ...climb, step: line.step - 1 }, line.t) };
  if (!isEvidence(line) || !('weight' in line)) return { ...progress, judge: observe(judge, line) };
  const state = observe(judge, line);
  const isStep = line.weight > 0 && (written < 0 || climb.awaiting !== undefined);
  if (!isStep) return { ...progress, judge: state };
  return { ...progress, judge: state, climb: arrived(climb, state, line.t), written: climb.step };
}

/** Returns the progress that a journal comes down to. */
export function progressOf(policy: JudgePolicy, lines: readonly RolloutJournalLine[]): Progress {
  return lines.reduce(takeLine, beginProgress(policy));
}
