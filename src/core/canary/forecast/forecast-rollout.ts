import type { JudgePolicy } from '../judge/judge-policy.ts';
import { timeToFailure } from './time-to-failure.ts';
import { timeToPromotion } from './time-to-promotion.ts';
import type { Traffic } from './traffic.ts';

/**
 * Factors by which a simulated candidate fails more often than the baseline, in the order in which a forecast shows
 * them.
 */
export const factors = [25, 10, 3, 2] as const;

/** The prospects of one step. Times are medians in seconds, and undefined if the deadline comes first. */
export interface StepForecast {
  /** The candidate's share in per cent. */
  readonly weight: number;
  /** The length of the step with a healthy candidate. The last step before 100 % lasts up to the promotion. */
  readonly takes?: number;
  /**
   * The time after which the judge finds a candidate that fails `factor` times as often, if the weight stays at this
   * step.
   */
  readonly finds: readonly { readonly factor: number; readonly seconds?: number }[];
}

/** The prospects of a rollout of one service. */
export interface Forecast {
  readonly steps: readonly StepForecast[];
  /** The time after which a healthy candidate is promoted; undefined if the deadline comes first. */
  readonly promoted?: number;
}

/**
 * Simulates attempts with the judge itself, on Poisson traffic without bursts and with a constant rate. Equal arguments
 * give equal results.
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

/** The weight, in per cent, up to which more requests of the candidate make a verdict faster. */
const mostTelling = 50;

/**
 * Returns the times of all factors by step. Skips simulations that can't find anything: of a factor below another that
 * isn't found, and of a factor at a lower weight that isn't found at a higher weight.
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
