import { acceptanceFrom, nextLook } from './acceptance-looks.ts';
import { type Climb, candidateRequests, sampleLeft } from './climb.ts';
import type { JudgeState, PartState } from './judge-state.ts';

/**
 * Returns the seconds until the next step may begin if requests keep coming as they do, the candidate is healthy and its
 * share is confirmed by then. Returns undefined if nothing known is in the way, or if the candidate gets no requests.
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

/** Returns the seconds that so many requests of the candidate take at the rate since the weight of the step holds. */
function secondsFor(requests: number, state: JudgeState, climb: Climb): number {
  const came = candidateRequests(state) - climb.requests;
  // The first reading of an attempt has nothing before it to be compared with.
  const uncounted = climb.step === 0 ? state.policy.interval : 0;
  return requests <= 0 ? 0 : (requests * (state.now - climb.since - uncounted)) / came;
}

/** Returns the seconds until a part has seen as many minutes as acceptance takes. */
function minutesLeft({ minutes, lastMinute, period }: PartState, now: number): number {
  if (minutes >= acceptanceFrom) return 0;
  const minute = Math.floor(period.from / 60);
  // The present minute counts once it is over, unless an earlier period of it has counted.
  const later = acceptanceFrom - minutes - (minute === lastMinute ? 0 : 1);
  return (minute + 1 + later) * 60 - now;
}
