import type { JudgeStep } from '../judge/judge-policy.ts';

/**
 * Returns the factor that makes per cent of a stream's weights: 1, or 100 if its first weight above 0 is at most 1 and
 * no step of the rollout has it, so that the weights must be shares of one.
 */
export function weightUnit(first: number, steps: readonly JudgeStep[]): 1 | 100 {
  return first > 1 || steps.some(({ weight }) => weight === first) ? 1 : 100;
}
