import { sightLimit } from './end-reading.ts';
import type { JudgeState, PartState, Trouble } from './judge-state.ts';

/** Returns the cause for which a part can't be seen at present; undefined if all parts can be seen. */
export function blindness(state: JudgeState): Trouble | undefined {
  for (const part of state.parts) {
    const cause = partBlindness(part, state.now, sightLimit(part, state.policy.interval));
    if (cause !== undefined) return cause;
  }
  return undefined;
}

/**
 * Returns the name of a metric of the policy, `latency` or a custom metric, for which the judge has no evidence after
 * ten minutes; undefined if there is none.
 */
export function missingMetric({ policy, parts }: JudgeState): string | undefined {
  if (policy.latency !== undefined && !parts.every(({ arms }) => arms.candidate.hasLatency)) return 'latency';
  const index = policy.custom.findIndex((_, k) => parts.some(({ custom }) => custom[k]?.count === 0));
  return policy.custom[index]?.name;
}

/** Returns true if the candidate of a part has had no request, and no trouble explains this. */
export function isIdle({ parts }: JudgeState): boolean {
  return parts.some(({ arms, trouble }) => arms.candidate.totals.requests === 0 && trouble === undefined);
}

function partBlindness(part: PartState, now: number, limit: number): Trouble | undefined {
  const { weight, completeAt, trouble } = part;
  if (weight === 0) return undefined;
  const recent = trouble !== undefined && now - trouble.t <= limit ? trouble.cause : undefined;
  if (now - completeAt > limit) {
    if (recent !== undefined || trouble !== undefined) return recent ?? trouble?.cause;
    return hasCandidate(part) ? 'source' : undefined;
  }
  return recent !== undefined && hasFailingCandidate(part, now, limit) ? recent : undefined;
}

function hasCandidate({ arms, instances }: PartState): boolean {
  return (
    arms.candidate.totals.requests > 0 ||
    Object.values(instances).some(({ arm, last }) => arm === 'candidate' && last !== undefined)
  );
}

/** Returns true if an instance of the candidate still exists and its readings have failed for longer than `limit`. */
function hasFailingCandidate({ instances }: PartState, now: number, limit: number): boolean {
  return Object.values(instances).some(
    ({ arm, failing }) =>
      arm === 'candidate' &&
      failing !== undefined &&
      now - failing.at <= limit &&
      now - failing.since > limit,
  );
}
