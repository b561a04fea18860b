import type { JudgePolicy } from './judge-policy.ts';
import { fastLevel } from './levels.ts';
import { fastMixture } from './risk-ratio.ts';

/**
 * The least assumed share of bad requests, as a part of the share that the goal allows: rarer errors would make steps
 * endless.
 */
const rarest = 0.1;

/**
 * Returns the number of the candidate's requests after which the fast lane is expected to find a candidate that fails
 * 10/3 × `atLeast` times as often as the baseline: (ln(1/level) − ln weight) / information of one request. `baseline`
 * is the baseline's share of bad requests (0–1), `perRequest` the number of the baseline's requests for each request of
 * the candidate.
 */
export function stepSample(policy: JudgePolicy, baseline: number, perRequest: number): number {
  const { against, risks, weights } = fastMixture(policy.atLeast);
  const risk = risks[1] ?? against;
  const rate = Math.max(baseline, rarest * (1 - policy.slo));
  const share = (r: number): number => r / (r + perRequest);
  const information =
    rate *
    (risk * Math.log(share(risk) / share(against)) +
      perRequest * Math.log((1 - share(risk)) / (1 - share(against))));
  if (perRequest <= 0 || information <= 0) return 0;
  return Math.ceil((-Math.log(fastLevel(policy)) - Math.log(weights[1] ?? 1)) / information);
}
