import type { Rollout } from '../../ir/rollout.ts';
import { own } from '../../lib/own.ts';
import { isBeforeLastStep, mayAdvance } from '../judge/climb.ts';
import { endAttempt } from '../judge/end-attempt.ts';
import type { Verdict } from '../judge/verdict.ts';
import { decide, verdictOf } from '../judge/verdict-of.ts';
import type { RolloutRecord } from '../record/rollout-record.ts';
import type { AttemptProgress } from './attempt-progress.ts';

/** The next action of a runner. */
export type Move =
  /** Reads again. */
  | { readonly type: 'wait' }
  /** Waits until somebody approves the step. */
  | { readonly type: 'gate'; readonly step: number }
  /** Gives the candidate the share of the step. `isLate`: the deadline is over, so gates are not waited for. */
  | { readonly type: 'step'; readonly step: number; readonly isLate: boolean }
  | { readonly type: 'promote'; readonly isLate: boolean }
  /** Goes back to `from`, or holds until somebody acts. `reason` is absent if the verdict's own reason counts. */
  | { readonly type: 'rollback' | 'hold'; readonly verdict: Verdict; readonly reason?: string };

/** Returns the next move of an attempt at `t` seconds, from the readings that have ended. Pure. */
export function nextMove(
  rollout: Rollout,
  record: Pick<RolloutRecord, 'step' | 'passed' | 'deadlineFrom'>,
  progress: AttemptProgress,
  t: number,
): Move {
  const { judge, climb } = progress;
  const isOver = t - (record.deadlineFrom ?? 0) >= rollout.deadline / 1000;
  if (record.step < 0 && !isOver) return toStep(rollout, record, 0, false);
  const asked = { mayPromote: isBeforeLastStep(judge, climb), isOver: false };
  const [verdict] = decide(judge, asked);
  const { on } = rollout;
  if (verdict === 'fail') return { type: on.fail, verdict: verdictOf(judge, asked) };
  if (verdict === 'blind' && on.blind === 'rollback')
    return { type: 'rollback', verdict: verdictOf(judge, asked) };
  if (isOver) return atDeadline(rollout, record, progress);
  return isOpen(rollout, record, progress, verdict) ? ahead(rollout, record, false) : { type: 'wait' };
}

/**
 * Returns true if the gate ahead is open: somebody has passed it, or the evidence, or with `pace: fixed` the time,
 * allows the step.
 */
function isOpen(
  rollout: Rollout,
  { step, passed = 0 }: Pick<RolloutRecord, 'step' | 'passed'>,
  progress: AttemptProgress,
  verdict: Verdict['verdict'],
): boolean {
  const { steps, pace } = rollout;
  const last = steps.length - 1;
  if (passed > step + 1) return true;
  if (step < last) return isWayOpen(rollout, step, progress, verdict);
  const isPassed = last > 0 || verdict === 'pass' || pace === 'fixed';
  return isPassed && verdict !== 'hold' && isOverHold(rollout, progress);
}

/** Returns true if the evidence, or with `pace: fixed` the time, allows the next step. */
function isWayOpen(
  { steps, pace }: Rollout,
  step: number,
  { judge, climb }: AttemptProgress,
  verdict: Verdict['verdict'],
): boolean {
  // With `pace: evidence` the last step needs acceptance.
  if (pace === 'evidence' && step === steps.length - 2) return verdict === 'pass';
  return mayAdvance(judge, climb).yes;
}

function isOverHold({ steps }: Rollout, { judge, climb }: AttemptProgress): boolean {
  const hold = (steps.at(-1)?.hold ?? 0) / 1000;
  return climb.awaiting === undefined && judge.now - climb.since >= hold;
}

function ahead(rollout: Rollout, record: Pick<RolloutRecord, 'step' | 'passed'>, isLate: boolean): Move {
  const { step } = record;
  return step === rollout.steps.length - 1
    ? { type: 'promote', isLate }
    : toStep(rollout, record, step + 1, isLate);
}

function toStep(
  { steps }: Rollout,
  { passed = 0 }: Pick<RolloutRecord, 'passed'>,
  step: number,
  isLate: boolean,
): Move {
  const waits = steps[step]?.approval === true && passed <= step;
  return waits ? { type: 'gate', step } : { type: 'step', step, isLate };
}

/** Returns the move at the deadline: ahead if the candidate passes, else the reaction that `on` names. */
function atDeadline(
  rollout: Rollout,
  record: Pick<RolloutRecord, 'step' | 'passed'>,
  { judge, climb }: AttemptProgress,
): Move {
  const state = endAttempt(structuredClone(judge));
  const mayPromote = record.step >= 0 && isBeforeLastStep(state, climb);
  const verdict = verdictOf(state, { mayPromote, isOver: true });
  const { on } = rollout;
  if (verdict.verdict === 'pass') {
    const move = ahead(rollout, record, true);
    if (move.type !== 'gate') return move;
    return { type: on.inconclusive, verdict, reason: 'nobody agreed to the next step by the deadline' };
  }
  const reactions = { fail: on.fail, blind: on.blind } as const;
  return { type: own(reactions, verdict.verdict) ?? on.inconclusive, verdict };
}
