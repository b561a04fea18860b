import { acceptanceTail } from './acceptance.ts';
import { sampleOf, worstShares } from './acceptance-looks.ts';
import { customVariance } from './custom-metric.ts';
import type { ArmTotals, CriterionEvidence, Evidence, PartEvidence, PeriodEvidence } from './evidence.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { JudgeState, PartState } from './judge-state.ts';
import { holdBound, slowLevel } from './levels.ts';
import type { Period } from './period.ts';
import { isConfirmed, shareBound, shareEvidence } from './share-check.ts';
import { slowBound, slowRho } from './slow-lane.ts';
import { fastBound, fastEvidence, holdEvidence } from './suspicion.ts';
import { temper } from './weigh-period.ts';

/** Returns the numbers behind the verdict of this moment. */
export function evidenceOf(state: JudgeState): Evidence {
  const { policy, parts, acceptance } = state;
  return {
    candidate: totalsOf(state, 'candidate'),
    baseline: totalsOf(state, 'baseline'),
    fast: { logE: fastEvidence(state), bound: fastBound(policy) },
    hold: { logE: holdEvidence(state), bound: holdBound },
    acceptance: { level: policy.wrongPromotion, looks: [...acceptance.looks] },
    parts: parts.map((part, index) => partEvidence(state, part, index)),
  };
}

function totalsOf({ parts, policy }: JudgeState, arm: 'candidate' | 'baseline'): ArmTotals {
  const arms = parts.map((part) => part.arms[arm]);
  const sum = (of: (each: (typeof arms)[number]) => number): number =>
    arms.reduce((all, each) => all + of(each), 0);
  return {
    requests: sum(({ totals }) => totals.requests),
    errors: sum(({ totals }) => totals.bad[0] ?? 0),
    ...(policy.latency === undefined ? {} : { slow: sum(({ totals }) => totals.bad[1] ?? 0) }),
    instances: sum(({ live }) => live),
  };
}

function partEvidence(state: JudgeState, part: PartState, index: number): PartEvidence {
  const { service, target, weight, minutes, closed, periods, period, share } = part;
  const { policy } = state;
  const isRunning = period.candidate.requests + period.baseline.requests > 0;
  return {
    ...(service === undefined ? {} : { service }),
    ...(target === undefined ? {} : { target }),
    weight,
    minutes,
    earlierPeriods: periods - closed.length,
    periods: (isRunning ? [...closed, period] : closed).map((each) => periodEvidence(part, each)),
    share: { ...share, logE: shareEvidence(share), bound: shareBound(share), confirmed: isConfirmed(share) },
    criteria: part.criteria.map((_, k) => criterionEvidence(state, part, index, k)),
    custom: customEvidence(policy, part),
  };
}

function periodEvidence(part: PartState, period: Period): PeriodEvidence {
  const dispersions = period.dispersions ?? part.criteria.map((criterion, k) => temper(period, criterion, k));
  const { from, to, weight, candidate, baseline, quotients, serving } = period;
  const counts = { from, to, weight, candidate, baseline, quotients };
  return { ...counts, ...(serving === undefined ? {} : { serving }), dispersions };
}

function criterionEvidence(state: JudgeState, part: PartState, index: number, k: number): CriterionEvidence {
  const { policy, acceptance } = state;
  const state_ = part.criteria[k];
  if (state_ === undefined) throw new Error('a part has as many states as criteria');
  const { fastNow, holdNow, slow, rho, slowCrossed } = state_;
  const level = slowLevel(policy);
  const worst = worstShares(policy)[k] ?? 0;
  const now = sampleOf(part, k);
  const look = acceptance.samples[index]?.[k];
  return {
    criterion: k === 0 ? 'errors' : 'latency',
    fast: fastNow,
    hold: holdNow,
    slow: {
      ...slow,
      level,
      ...(rho === undefined ? {} : { rho, bound: slowBound(slow.widened, rho, level, 1) }),
      crossed: slowCrossed,
    },
    acceptance: { worst, tail: acceptanceTail(now, worst), now, ...(look === undefined ? {} : { look }) },
  };
}

function customEvidence(policy: JudgePolicy, { custom }: PartState): PartEvidence['custom'] {
  const alpha = slowLevel(policy);
  return custom.map((metric, k) => {
    const variance = metric.count === 0 ? 0 : customVariance(metric);
    return {
      name: policy.custom[k]?.name ?? '',
      minutes: metric.count,
      sum: metric.sum,
      variance,
      bound: slowBound(variance, slowRho(variance, alpha), alpha, 0),
      crossed: metric.crossed,
    };
  });
}
