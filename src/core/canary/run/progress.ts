import { beginJudging } from '../judge/begin-judging.ts';
import { advance, arrived, beginClimb } from '../judge/climb.ts';
import { endReading } from '../judge/end-reading.ts';
import type { JudgePolicy } from '../judge/judge-policy.ts';
import { observe } from '../judge/observe.ts';
import { decide } from '../judge/verdict-of.ts';
import type { AttemptProgress } from './attempt-progress.ts';
import { isEvidence, type RolloutJournalLine } from './journal-line.ts';

/** Returns the progress of an attempt without a line. */
function beginProgress(policy: JudgePolicy): AttemptProgress {
  return { judge: beginJudging(policy), climb: beginClimb(), written: -1 };
}

/**
 * Adds a line to the progress. Changes the progress in place; the caller continues with the returned progress. The same
 * lines give the same progress, to the last bit.
 */
export function takeLine(progress: AttemptProgress, line: RolloutJournalLine): AttemptProgress {
  const { judge, climb, written } = progress;
  if ('sum' in line) return structuredClone(line.sum);
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
  // The weight of a single service belongs to an unfinished step, or was lowered.
  const isStep =
    line.service === undefined && line.weight > 0 && (written < 0 || climb.awaiting !== undefined);
  if (!isStep) return { ...progress, judge: state };
  return { ...progress, judge: state, climb: arrived(climb, state, line.t), written: climb.step };
}

/** Returns the progress of a journal. */
export function progressOf(policy: JudgePolicy, lines: readonly RolloutJournalLine[]): AttemptProgress {
  return lines.reduce(takeLine, beginProgress(policy));
}
