import type { JudgePolicy } from './judge-policy.ts';

/** The fast lane's share of the accepted chance of a wrong rollback; the slow lane has the rest. */
const fastShare = 2 / 3;

/**
 * Returns the level of the fast lane. The lane fails the candidate if the mean of E over parts and criteria is at least
 * 1 / level.
 */
export function fastLevel({ wrongRollback }: JudgePolicy): number {
  return wrongRollback * fastShare;
}

/** Returns the level of each test of the slow lane: the lane's share divided by the number of its tests. */
export function slowLevel({ wrongRollback, latency, custom, parts }: JudgePolicy): number {
  const tests = (latency === undefined ? 1 : 2) + custom.length;
  return (wrongRollback * (1 - fastShare)) / (tests * Math.max(1, parts.length));
}

/** The bound of ln E at which the rollout holds because the candidate looks worse: E ≥ 20. */
export const holdBound = Math.log(20);
