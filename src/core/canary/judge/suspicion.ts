import type { JudgePolicy } from './judge-policy.ts';
import type { CriterionState, JudgeState } from './judge-state.ts';
import { fastLevel } from './levels.ts';
import { logSum } from './statistics/log-sum.ts';

/** Returns ln of the mean of E of the fast lane over parts and criteria; the mean is an E value, too. */
export function fastEvidence({ parts }: JudgeState): number {
  const logs = parts.flatMap(({ criteria }) => criteria.map(({ fastNow }) => fastNow));
  return logSum(logs) - Math.log(logs.length);
}

/** Returns the bound of `fastEvidence`. */
export function fastBound(policy: JudgePolicy): number {
  return -Math.log(fastLevel(policy));
}

/** Returns the highest hold signal of all parts and criteria. */
export function holdEvidence({ parts }: JudgeState): number {
  return Math.max(...parts.flatMap(({ criteria }) => criteria.map(({ holdNow }: CriterionState) => holdNow)));
}
