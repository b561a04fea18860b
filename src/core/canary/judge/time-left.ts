import { acceptanceFrom, nextLook } from './acceptance-looks.ts';
import { type Climb, candidateRequests, sampleLeft } from './climb.ts';
import type { JudgeState, PartState } from './judge-state.ts';

/**
 * Returns the seconds until the next step may begin, assuming the present rate of requests, a healthy candidate and a
 * confirmed share. Returns undefined if neither time nor requests are missing, or if the candidate gets no requests.
 */
export function timeLeft(state: JudgeState, climb: Climb): number | undefined {
  const { steps, pace } = state.policy;
  if (climb.awaiting !== undefined) return undefined;
  const held = (steps[climb.step]?.hold ?? 0) - (state.now - climb.since);
  const isLast = climb.step === steps.length - 1 && steps.length > 1;
  const evidence = pace === 'fixed' || isLast ? 0 : evidenceLeft(state, climb);
  const left = Math.max(held, evidence);
  return left > 0 && Number.isFinite(left) ? left : undefined;
}

function evidenceLeft(state: JudgeState, climb: Climb): number {
  const isBeforeAcceptance = climb.step >= state.policy.steps.length - 2;
  if (!isBeforeAcceptance) return secondsFor(sampleLeft(state, climb), state, climb);
  const { acceptance } = state;
  const look = acceptance.accepted ? 0 : nextLook(acceptance) - candidateRequests(state);
  const minutes = state.parts.map((part) => minutesLeft(part, state.now));
  return Math.max(...minutes, secondsFor(look, state, climb));
}

/** Returns the seconds that a number of the candidate's requests takes at the rate of the present step. */
function secondsFor(requests: number, state: JudgeState, climb: Climb): number {
  const came = candidateRequests(state) - climb.requests;
  // The first reading of an attempt is only the base of the next difference, so its interval has no counts.
  const uncounted = climb.step === 0 ? state.policy.interval : 0;
  return requests <= 0 ? 0 : (requests * (state.now - climb.since - uncounted)) / came;
}

/** Returns the seconds until a part has the minutes that acceptance needs. */
function minutesLeft({ minutes, lastMinute, period }: PartState, now: number): number {
  if (minutes >= acceptanceFrom) return 0;
  const minute = Math.floor(period.from / 60);
  // The present minute counts once it is over, unless an earlier period in the same minute has counted already.
  const later = acceptanceFrom - minutes - (minute === lastMinute ? 0 : 1);
  return (minute + 1 + later) * 60 - now;
}
