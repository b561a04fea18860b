import { worstShares } from './acceptance-looks.ts';
import type { JudgeState, PartState } from './judge-state.ts';
import type { Verdict } from './verdict.ts';

/** The share of the candidate's errors on its own side above which the application is to blame, not the mesh. */
const most = 0.5;

/** Returns the origin of errors, if there are any to explain and the counters tell. */
export function blameFor(state: JudgeState, verdict: Verdict['verdict']): Verdict['blame'] {
  if (verdict === 'pass' || verdict === 'watching' || verdict === 'blind') return undefined;
  const worst = worstShares(state.policy)[0] ?? 0;
  const isShared = state.parts.some(
    ({ arms }) => shareOf(arms.candidate) > worst && shareOf(arms.baseline) > worst,
  );
  if (verdict !== 'fail') return isShared ? 'dependency' : undefined;
  const sides = state.parts.map(({ arms }) => arms.candidate.server).filter(({ spans }) => spans > 0);
  if (sides.length === 0) return undefined;
  const client = sides.reduce((sum, side) => sum + side.clientErrors, 0);
  const server = sides.reduce((sum, side) => sum + side.errors, 0);
  return server >= most * client ? 'application' : 'mesh';
}

function shareOf({ totals }: PartState['arms']['candidate']): number {
  return totals.requests === 0 ? 0 : (totals.bad[0] ?? 0) / totals.requests;
}
