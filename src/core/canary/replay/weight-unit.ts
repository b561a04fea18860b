import type { JudgeStep } from '../judge/judge-policy.ts';

/**
 * Returns the factor that turns a stream's weights into per cent. The factor is 100 if the first weight above 0 is at
 * most 1 and no step of the rollout has this weight, so that the weights must be shares of one; else 1.
 */
export function weightUnit(first: number, steps: readonly JudgeStep[]): 1 | 100 {
  return first > 1 || steps.some(({ weight }) => weight === first) ? 1 : 100;
}
