import type { JudgeState } from './judge-state.ts';
import { isConfirmed } from './share-check.ts';
import { stepSample } from './step-sample.ts';
import { decide } from './verdict-of.ts';

/** The place of an attempt on the steps of its rollout: plain data. */
export interface Climb {
  /** The index of the latest step that was decided. */
  readonly step: number;
  /** The time since which the step's weight holds. */
  readonly since: number;
  /** The requests of the candidate at `since`, in the part with the fewest. */
  readonly requests: number;
  /** The time of the decision, while the weight isn't written yet. */
  readonly awaiting?: number;
}

/** Returns the climb at the beginning of an attempt. */
export function beginClimb(): Climb {
  return { step: 0, since: 0, requests: 0 };
}

/** The share of a step's sample that has to come from the step itself; the rest may come from earlier steps. */
const own = 1 / 4;

/** An answer of `mayAdvance`. */
export type Permission = { readonly yes: true } | { readonly yes: false; readonly reason: Obstacle };

/**
 * The obstacle to the next step: the weight isn't written yet, the hold isn't over, the verdict is bad, the share isn't
 * confirmed, or the sample is too small.
 */
export type Obstacle = 'writing' | 'hold' | 'verdict' | 'share' | 'sample';

/**
 * Decides if an attempt may go on to the next step: the hold is over, nothing is suspicious, the observed share matches
 * the weight, and the sample for the weight is complete. The last step needs `pass` instead, see `isBeforeLastStep`.
 */
export function mayAdvance(state: JudgeState, climb: Climb): Permission {
  const no = (reason: Obstacle): Permission => ({ yes: false, reason });
  if (climb.awaiting !== undefined) return no('writing');
  if (!isHeld(state, climb)) return no('hold');
  const [verdict] = decide(state, { mayPromote: false, isOver: false });
  if (verdict !== 'watching') return no('verdict');
  if (state.policy.share !== 'unchecked' && !state.parts.every(isShareConfirmed)) return no('share');
  if (state.policy.pace === 'evidence' && !isSampleIn(state, climb)) return no('sample');
  return { yes: true };
}

/**
 * Returns true if only the last step is left and the hold of the present step is over: the judge may then be asked for
 * `pass`.
 */
export function isBeforeLastStep(state: JudgeState, climb: Climb): boolean {
  const { steps } = state.policy;
  return climb.awaiting === undefined && climb.step >= steps.length - 2 && isHeld(state, climb);
}

/** Returns the climb after the decision for the next step; `arrived` ends the wait for the weight. */
export function advance(climb: Climb, t: number): Climb {
  return { ...climb, step: climb.step + 1, awaiting: t };
}

/** Returns the climb once the weight of its step holds. */
export function arrived({ step }: Climb, state: JudgeState, t: number): Climb {
  return { step, since: t, requests: candidateRequests(state) };
}

function isHeld({ policy, now }: JudgeState, { step, since }: Climb): boolean {
  return now - since >= (policy.steps[step]?.hold ?? 0);
}

function isShareConfirmed({ share, weight }: JudgeState['parts'][number]): boolean {
  return weight === 100 || isConfirmed(share);
}

function isSampleIn(state: JudgeState, climb: Climb): boolean {
  return sampleLeft(state, climb) <= 0;
}

/**
 * Returns the number of the candidate's requests that the sample of the present step lacks; Infinity if the candidate
 * has had no request.
 */
export function sampleLeft(state: JudgeState, climb: Climb): number {
  const all = candidateRequests(state);
  const left = state.parts.map(({ arms, weight }) => {
    const { candidate, baseline } = arms;
    const { requests, bad } = baseline.totals;
    if (weight === 100) return 0;
    if (candidate.totals.requests === 0) return Infinity;
    const perRequest = weight > 0 ? (100 - weight) / weight : requests / candidate.totals.requests;
    const sample = stepSample(state.policy, requests === 0 ? 0 : (bad[0] ?? 0) / requests, perRequest);
    return Math.max(sample - all, own * sample - (all - climb.requests));
  });
  return Math.max(0, ...left);
}

/** Returns the requests of the candidate in the part with the fewest. */
export function candidateRequests({ parts }: JudgeState): number {
  return Math.min(...parts.map(({ arms }) => arms.candidate.totals.requests));
}
