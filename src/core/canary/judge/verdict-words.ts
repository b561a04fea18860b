import { acceptanceFrom, worstShares } from './acceptance-looks.ts';
import type { JudgeState } from './judge-state.ts';
import { missingMetric } from './sight.ts';
import { fastBound, fastEvidence } from './suspicion.ts';
import type { ReasonCode } from './verdict.ts';

/** Returns the reason of a verdict in words, with its numbers. */
export function words(code: ReasonCode, state: JudgeState): string {
  const { policy, parts } = state;
  const arms = `${counts(state, 'candidate')} of the candidate, ${counts(state, 'baseline')} of the baseline`;
  const weight = parts.map((part) => `${String(part.weight)} %`).join(', ');
  const texts: Readonly<Record<ReasonCode, () => string>> = {
    accepted: () =>
      `the candidate has fewer bad requests than the ${percent(goalOf(state))} that the goal allows: ${arms}; a version at that limit is accepted with a chance of at most ${percent(policy.wrongPromotion)}`,
    fast: () =>
      `the candidate fails at least ${String(policy.atLeast)} times as often as the baseline: ${arms}; ${likelihood(state)}`,
    slow: () => `the candidate fails more often than the baseline: ${arms}`,
    latency: () =>
      `the candidate has more requests above ${String(policy.latency?.max ?? 0)} ms than the baseline: ${slow(state)}`,
    custom: () => `${crossedMetric(state)} of the candidate is worse than that of the baseline`,
    share: () =>
      `the requests aren't divided as the weight of ${weight} says: ${requests(state)}; look for clients that bypass the route, and for proxies that haven't taken it up`,
    suspicion: () => `the candidate looks worse than the baseline, not yet surely: ${arms}`,
    traffic: () => 'no request has reached the candidate',
    power: () => `${lack(state)}: ${arms}`,
    goal: () =>
      `the candidate doesn't show that it meets the goal, at most ${percent(goalOf(state))} bad: ${arms}`,
    time: () => `the steps of the rollout aren't over: ${arms}`,
    source: () => `the counters of both versions can't be read${missing(state)}`,
    counters: () => 'the source gives impossible counters: negative, too large, or more errors than requests',
    resets: () => 'all counters were reset at once, so the source seems to have changed',
    clock: () => 'readings come out of order, so clocks seem to differ',
    series: () => 'the source gives several values where one is expected',
  };
  return texts[code]();
}

/**
 * Returns the reason why nothing is accepted yet: too few minutes with requests of both versions, else too few
 * requests.
 */
function lack({ parts }: JudgeState): string {
  const minutes = Math.min(...parts.map((part) => part.minutes));
  return minutes < acceptanceFrom
    ? `acceptance takes ${String(acceptanceFrom)} minutes with requests of both versions, so far ${String(minutes)}`
    : 'there are too few requests to tell';
}

function goalOf({ policy }: JudgeState): number {
  return worstShares(policy)[0] ?? 0;
}

function percent(share: number): string {
  return `${String(Number((100 * share).toPrecision(3)))} %`;
}

function total(state: JudgeState, arm: 'candidate' | 'baseline', criterion?: number): number {
  return state.parts.reduce((sum, { arms }) => {
    const { requests, bad } = arms[arm].totals;
    return sum + (criterion === undefined ? requests : (bad[criterion] ?? 0));
  }, 0);
}

function counts(state: JudgeState, arm: 'candidate' | 'baseline'): string {
  return `${String(total(state, arm, 0))} bad of ${String(total(state, arm))} requests`;
}

function slow(state: JudgeState): string {
  const of = (arm: 'candidate' | 'baseline') =>
    `${String(total(state, arm, 1))} of ${String(total(state, arm))}`;
  return `${of('candidate')} against ${of('baseline')}`;
}

function requests(state: JudgeState): string {
  return `${String(total(state, 'candidate'))} of ${String(total(state, 'candidate') + total(state, 'baseline'))} requests reached the candidate`;
}

function likelihood(state: JudgeState): string {
  const bound = Math.exp(fastBound(state.policy));
  return `likelihood ${Math.exp(Math.min(700, fastEvidence(state))).toPrecision(3)}, bound ${bound.toPrecision(3)}`;
}

function crossedMetric({ policy, parts }: JudgeState): string {
  return policy.custom.find((_, k) => parts.some(({ custom }) => custom[k]?.crossed))?.name ?? '';
}

function missing(state: JudgeState): string {
  const metric = state.parts.every(({ minutes }) => minutes > 0) ? missingMetric(state) : undefined;
  return metric === undefined ? '' : `: ${metric} has no values`;
}
