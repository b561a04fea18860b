import { acceptanceFrom, isAccepted, isPowerful } from './acceptance-looks.ts';
import { blameFor } from './blame.ts';
import { evidenceOf } from './evidence-of.ts';
import type { JudgeState } from './judge-state.ts';
import { holdBound } from './levels.ts';
import { isConfirmed } from './share-check.ts';
import { blindness, isIdle, missingMetric } from './sight.ts';
import { fastBound, fastEvidence, holdEvidence } from './suspicion.ts';
import type { ReasonCode, Verdict } from './verdict.ts';
import { words } from './verdict-words.ts';

/** The question to the judge. */
export interface Asked {
  /** True if the last step needs acceptance alone. */
  readonly mayPromote: boolean;
  /** True at the deadline, or at the end of a stream, after `endAttempt`. */
  readonly isOver: boolean;
}

/** Returns the verdict on all readings that `endReading` has ended. */
export function verdictOf(state: JudgeState, asked: Asked): Verdict {
  const [verdict, code] = decide(state, asked);
  const blame = blameFor(state, verdict);
  return {
    verdict,
    at: state.now,
    reason: { code, message: words(code, state) },
    ...(blame === undefined ? {} : { blame }),
    evidence: evidenceOf(state),
  };
}

/** Returns the verdict and the code of its reason, without the evidence. */
export function decide(state: JudgeState, { mayPromote, isOver }: Asked): [Verdict['verdict'], ReasonCode] {
  const failure = failureOf(state);
  if (failure !== undefined) return ['fail', failure];
  const cause = blindness(state);
  if (cause !== undefined) return ['blind', cause];
  if (state.parts.some(({ share }) => share.doubted)) return ['hold', 'share'];
  if (holdEvidence(state) >= holdBound) return ['hold', 'suspicion'];
  const obstacle = obstacleOf(state, isOver);
  if (obstacle === undefined && mayPromote) return ['pass', 'accepted'];
  if (!isOver) return ['watching', obstacle ?? 'time'];
  if (obstacle === 'source') return ['blind', 'source'];
  return ['inconclusive', obstacle ?? 'time'];
}

function failureOf(state: JudgeState): ReasonCode | undefined {
  const { parts, policy } = state;
  if (fastEvidence(state) >= fastBound(policy)) {
    const highest = (k: number) =>
      Math.max(...parts.map(({ criteria }) => criteria[k]?.fastNow ?? -Infinity));
    return policy.latency !== undefined && highest(1) > highest(0) ? 'latency' : 'fast';
  }
  const crossed = (k: number) => parts.some(({ criteria }) => criteria[k]?.slowCrossed);
  if (crossed(0)) return 'slow';
  if (crossed(1)) return 'latency';
  return parts.some(({ custom }) => custom.some((metric) => metric.crossed)) ? 'custom' : undefined;
}

/** Returns the reason why the candidate can't be promoted yet. */
function obstacleOf(state: JudgeState, isOver: boolean): ReasonCode | undefined {
  const { policy, parts, acceptance } = state;
  if (isIdle(state)) return 'traffic';
  if (parts.some(({ minutes }) => minutes < acceptanceFrom)) return 'power';
  if (missingMetric(state) !== undefined) return 'source';
  if (!acceptance.accepted || !isAccepted(policy, parts, policy.wrongPromotion))
    return isOver && isPowerful(policy, parts, policy.wrongPromotion / 2) ? 'goal' : 'power';
  const isUnchecked = policy.share === 'unchecked' || parts.every(({ weight }) => weight === 100);
  return isUnchecked || parts.every(({ share }) => isConfirmed(share)) ? undefined : 'power';
}
