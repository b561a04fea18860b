import type { JudgePolicy } from '../judge/judge-policy.ts';
import { timeToFailure } from './time-to-failure.ts';
import { timeToPromotion } from './time-to-promotion.ts';
import type { Traffic } from './traffic.ts';

/** Factors by which a candidate fails more often than the baseline, in the order of a forecast. */
export const factors = [25, 10, 3, 2] as const;

/** The prospects of one step. Times are medians in seconds; undefined: not before the deadline. */
export interface StepForecast {
  /** The candidate's share in per cent. */
  readonly weight: number;
  /** The length of the step with a healthy candidate; of the last one before 100 %, up to the promotion. */
  readonly takes?: number;
  /** The time after which a candidate that is `factor` times as bad is found, at this weight alone. */
  readonly finds: readonly { readonly factor: number; readonly seconds?: number }[];
}

/** The prospects of a rollout of one service. */
export interface Forecast {
  readonly steps: readonly StepForecast[];
  /** The time after which a healthy candidate is promoted; undefined: not before the deadline. */
  readonly promoted?: number;
}

/**
 * Simulates attempts with the judge itself: Poisson traffic without bursts, the same rate at every hour. The same
 * question has the same answer.
 */
export function forecastRollout(policy: JudgePolicy, traffic: Traffic): Forecast {
  const { left } = timeToPromotion(policy, traffic);
  const promoted = left.at(-1);
  const steps = policy.steps.filter(({ weight }) => weight < 100 || policy.steps.length === 1);
  const finds = findsOf(policy, traffic, steps);
  return {
    steps: steps.map(({ weight }, step) => {
      const end = left[step];
      const takes = end === undefined ? undefined : end - (left[step - 1] ?? 0);
      return { weight, ...(takes !== undefined && { takes }), finds: finds[step] ?? [] };
    }),
    ...(promoted !== undefined && { promoted }),
  };
}

/** The weight up to which more requests of the candidate say more. */
const mostTelling = 50;

/**
 * Returns the times of all factors by step. Not simulated, since it isn't found either: a factor below one that isn't
 * found, and at a lower weight one that isn't found at a higher weight.
 */
function findsOf(
  policy: JudgePolicy,
  traffic: Traffic,
  steps: readonly { readonly weight: number }[],
): readonly StepForecast['finds'][] {
  let least = 0;
  const finds = steps.toReversed().map(({ weight }) => {
    let isFound = weight < 100 && traffic.perSecond > 0;
    return factors.map((factor) => {
      const isHopeless = !isFound || (weight <= mostTelling && factor < least);
      const seconds = isHopeless ? undefined : timeToFailure(policy, traffic, weight, factor);
      if (isFound && seconds === undefined && weight <= mostTelling) least = Math.max(least, factor + 1);
      isFound = seconds !== undefined;
      return { factor, ...(seconds !== undefined && { seconds }) };
    });
  });
  return finds.toReversed();
}
