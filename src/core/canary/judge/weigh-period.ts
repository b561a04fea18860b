import { addSpread, dispersionOf, noSpread, squaredVariation } from './dispersion.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { CriterionState, PartState } from './judge-state.ts';
import type { Period } from './period.ts';
import { fastMixture, holdMixture, logEvidence, logRatios, type Mixture, withPeriod } from './risk-ratio.ts';

/** The standard deviations of χ² that count as chance, so that the dispersion is 1 without bursts. */
const chance = 2;

/** Updates the evidence of the fast lane and of the hold signal with the current period. */
export function weighPeriod(policy: JudgePolicy, part: PartState): void {
  const fast = fastMixture(policy.atLeast);
  for (const [k, criterion] of part.criteria.entries()) {
    criterion.fastNow = logEvidence(evidence(criterion.fast, part, k, fast), fast);
    criterion.holdNow = logEvidence(evidence(criterion.hold, part, k, holdMixture), holdMixture);
  }
}

/** Returns ln of each alternative's evidence with the current period, whose ratios are tempered by its dispersion. */
export function evidence(logs: readonly number[], part: PartState, k: number, mixture: Mixture): number[] {
  const factor = temper(part.period, part.criteria[k], k);
  const ratios = logRatios(part.period, k, mixture).map((ratio) => ratio / factor);
  return withPeriod(logs, part.periods, ratios);
}

/**
 * Returns the dispersion of the current period, never below 1: from the spread of the baseline within it, and from that
 * of all periods, whichever is larger. Tempering lowers evidence: E exp(ℓ / φ) ≤ (E exp ℓ)^(1/φ) ≤ 1 (Jensen).
 */
export function temper(period: Period, criterion: CriterionState | undefined, k: number): number {
  const own = squaredVariation(addSpread(noSpread, period, k), chance);
  const all = squaredVariation(addSpread(criterion?.spread ?? noSpread, period, k), chance);
  return dispersionOf(period, k, Math.max(own, all));
}
