import type { JudgePolicy } from './judge-policy.ts';

/** The fast lane has two thirds of the accepted chance of a wrong rollback, the slow lane one third. */
const fastShare = 2 / 3;

/** Returns the level of the fast lane: fails if the mean of E over parts and criteria is at least 1 / level. */
export function fastLevel({ wrongRollback }: JudgePolicy): number {
  return wrongRollback * fastShare;
}

/** Returns the level of each test of the slow lane: its share divided by the number of its tests. */
export function slowLevel({ wrongRollback, latency, custom, parts }: JudgePolicy): number {
  const tests = (latency === undefined ? 1 : 2) + custom.length;
  return (wrongRollback * (1 - fastShare)) / (tests * Math.max(1, parts.length));
}

/** The evidence that the candidate is worse at which the ramp holds: E ≥ 20. */
export const holdBound = Math.log(20);
