import { addSpread } from './dispersion.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { PartState } from './judge-state.ts';
import { slowLevel } from './levels.ts';
import { emptyPeriod } from './period.ts';
import { fastMixture, holdMixture } from './risk-ratio.ts';
import { addToSlowLane, slowBound, slowLaneErrors, slowLaneFrom, slowRho } from './slow-lane.ts';
import { evidence, temper } from './weigh-period.ts';

/** The number of closed periods that the state keeps; the sums include all periods. */
const kept = 180;

/** Ends the current period at `t`, adds it to all sums, and begins the next with the given weight. */
export function closePeriod(policy: JudgePolicy, part: PartState, t: number, weight: number): void {
  const { period } = part;
  if (period.candidate.requests + period.baseline.requests > 0) addPeriod(policy, part, t);
  part.period = emptyPeriod(t, weight, part.criteria.length);
}

function addPeriod(policy: JudgePolicy, part: PartState, t: number): void {
  const { period } = part;
  const dispersions = part.criteria.map((criterion, k) => {
    const factor = temper(period, criterion, k);
    criterion.fast = evidence(criterion.fast, part, k, fastMixture(policy.atLeast));
    criterion.hold = evidence(criterion.hold, part, k, holdMixture);
    criterion.spread = addSpread(criterion.spread, period, k);
    criterion.slow = addToSlowLane(criterion.slow, period, k, factor);
    return factor;
  });
  part.closed.push({ ...period, to: t, dispersions });
  if (part.closed.length > kept) part.closed.shift();
  part.periods += 1;
  countMinute(part);
  lookAtSlowLane(policy, part);
  forgetOld(part, t);
}

function countMinute(part: PartState): void {
  const { from, candidate, baseline, weight } = part.period;
  const minute = Math.floor(from / 60);
  if (minute === part.lastMinute || candidate.requests === 0) return;
  if (baseline.requests === 0 && weight < 100) return;
  part.lastMinute = minute;
  part.minutes += 1;
}

function lookAtSlowLane(policy: JudgePolicy, part: PartState): void {
  if (part.minutes < slowLaneFrom) return;
  const alpha = slowLevel(policy);
  for (const criterion of part.criteria) {
    const { excess, widened, errors } = criterion.slow;
    criterion.rho ??= slowRho(2 * widened, alpha);
    criterion.slowCrossed = errors >= slowLaneErrors && excess >= slowBound(widened, criterion.rho, alpha, 1);
  }
}

/** Forgets instances that have been gone for ten minutes. */
function forgetOld(part: PartState, t: number): void {
  const entries = Object.entries(part.instances);
  const present = entries.filter(([, { live, last }]) => live || (last !== undefined && t - last.t <= 600));
  if (present.length < entries.length) part.instances = Object.fromEntries(present);
}
