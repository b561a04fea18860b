import { worstShares } from './acceptance-looks.ts';
import type { JudgeState, PartState } from './judge-state.ts';
import type { Verdict } from './verdict.ts';

/**
 * The least share of the candidate's errors that its own proxies count if the application is to blame, and not the
 * mesh.
 */
const most = 0.5;

/** Returns the origin of the errors; undefined if there are none to explain, or if the counters don't tell. */
export function blameFor(state: JudgeState, verdict: Verdict['verdict']): Verdict['blame'] {
  if (verdict === 'pass' || verdict === 'watching' || verdict === 'blind') return undefined;
  const worst = worstShares(state.policy)[0] ?? 0;
  const isShared = state.parts.some(
    ({ arms }) => shareOf(arms.candidate) > worst && shareOf(arms.baseline) > worst,
  );
  if (verdict !== 'fail') return isShared ? 'dependency' : undefined;
  const arms = state.parts.map((part) => part.arms.candidate).filter(({ serving }) => serving.requests > 0);
  if (arms.length === 0) return undefined;
  const client = arms.reduce((sum, { totals }) => sum + (totals.bad[0] ?? 0), 0);
  const server = arms.reduce((sum, { serving }) => sum + (serving.bad[0] ?? 0), 0);
  return server >= most * client ? 'application' : 'mesh';
}

function shareOf({ totals }: PartState['arms']['candidate']): number {
  return totals.requests === 0 ? 0 : (totals.bad[0] ?? 0) / totals.requests;
}
