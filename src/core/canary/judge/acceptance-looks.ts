import { acceptanceTail, power, type Sample } from './acceptance.ts';
import { noSpread, squaredVariation } from './dispersion.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { JudgeState, PartState } from './judge-state.ts';

/** The distinct minutes with requests that acceptance needs. */
export const acceptanceFrom = 10;

/** The share of `wrongPromotion` that the first look spends; each later look spends half of the rest. */
const firstLook = 0.6;

/** The factor by which the candidate's requests grow between two looks. */
const growth = 1.3;

/**
 * Widens the variation of errors in the acceptance test by the factor 1 + 2 / √freedom: an estimate from few skewed
 * multipliers is mostly too low.
 */
const doubt = 2;

/** The least chance of accepting a healthy candidate with which the first look is taken. */
const enoughPower = 0.75;

/**
 * Takes a look at the acceptance test if a look is due or if it is the `last` one. The times of looks depend on
 * requests and on the baseline's errors, never on the candidate's errors, so that the levels add up to at most
 * `wrongPromotion`.
 */
export function lookAtAcceptance(state: JudgeState, last: boolean): void {
  const { acceptance, policy, parts } = state;
  if (parts.some(({ minutes }) => minutes < acceptanceFrom)) return;
  const left = policy.wrongPromotion - acceptance.spent;
  const level = last ? left : left * (acceptance.looks.length === 0 ? firstLook : 0.5);
  const requests = Math.min(...parts.map(({ arms }) => arms.candidate.totals.requests));
  if (!last && requests < nextLook(acceptance)) return;
  if (!last && acceptance.looks.length === 0 && !isPowerful(policy, parts, level)) return;
  acceptance.spent += level;
  acceptance.requests = requests;
  acceptance.accepted = isAccepted(policy, parts, level);
  acceptance.looks.push({ at: state.now, level, accepted: acceptance.accepted });
  acceptance.samples = parts.map((part) => worstShares(policy).map((_, k) => sampleOf(part, k)));
}

/** Returns the number of the candidate's requests with which the next look is due, after the first. */
export function nextLook({ requests }: JudgeState['acceptance']): number {
  return growth * requests;
}

/** Returns true if each part meets each criterion at this level. */
export function isAccepted(policy: JudgePolicy, parts: readonly PartState[], level: number): boolean {
  return parts.every((part) =>
    worstShares(policy).every((worst, k) => acceptanceTail(sampleOf(part, k), worst) <= level),
  );
}

/** Returns the share of bad requests that each criterion forbids. */
export function worstShares({ slo, latency }: JudgePolicy): number[] {
  return latency === undefined ? [1 - slo] : [1 - slo, 1 - latency.quantile];
}

/** Returns the candidate's counts for one criterion. */
export function sampleOf({ arms, criteria }: PartState, k: number): Sample {
  const { totals, serving } = arms.candidate;
  const { requests, bad } = totals;
  const squares = k === 0 && serving.squares > 0 ? serving.squares : totals.squares;
  const spread = criteria[k]?.spread ?? noSpread;
  const variation = squaredVariation(spread, 0.5) * (1 + doubt / Math.sqrt(Math.max(1, spread.freedom)));
  return { requests, bad: bad[k] ?? 0, squares, variation };
}

/** Returns true if a healthy candidate would be accepted with a good chance at this level. */
export function isPowerful(policy: JudgePolicy, parts: readonly PartState[], level: number): boolean {
  return parts.every((part) =>
    worstShares(policy).every((worst, k) => {
      const { requests, bad } = part.arms.baseline.totals;
      const share = requests === 0 ? 0 : (bad[k] ?? 0) / requests;
      return power(sampleOf(part, k), worst, level, Math.min(share, worst / 3)) >= enoughPower;
    }),
  );
}
