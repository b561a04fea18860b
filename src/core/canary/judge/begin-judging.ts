import type { Part } from '../../evidence/stream-line.ts';
import { noSpread } from './dispersion.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { ArmState, CriterionState, CustomState, JudgeState, PartState, Span } from './judge-state.ts';
import { emptyArm, emptyPeriod } from './period.ts';
import { noEvidence } from './risk-ratio.ts';
import { beginShareCheck } from './share-check.ts';

/**
 * Returns the judge's state at the beginning of an attempt. The weight of the first step holds until a line gives
 * another one.
 */
export function beginJudging(policy: JudgePolicy): JudgeState {
  const parts = policy.parts.length === 0 ? [{}] : policy.parts;
  return {
    policy,
    now: 0,
    began: false,
    parts: parts.map((part) => beginPart(policy, part)),
    acceptance: { looks: [], spent: 0, requests: 0, accepted: false, samples: [] },
  };
}

/** Returns the number of criteria: errors, and slow requests if latency is judged. */
function criteriaOf({ latency }: JudgePolicy): number {
  return latency === undefined ? 1 : 2;
}

function beginPart(policy: JudgePolicy, part: Part): PartState {
  const weight = policy.steps[0]?.weight ?? 100;
  const criteria = criteriaOf(policy);
  return {
    ...part,
    weight,
    lowestWeight: weight,
    instances: {},
    arms: { baseline: beginArm(criteria), candidate: beginArm(criteria) },
    pending: [],
    completeAt: 0,
    span: emptySpan(),
    gap: 0,
    period: emptyPeriod(0, weight, criteria),
    closed: [],
    periods: 0,
    minutes: 0,
    lastMinute: -1,
    criteria: Array.from({ length: criteria }, beginCriterion),
    share: beginShare(policy, weight, weight),
    custom: policy.custom.map(beginCustom),
  };
}

/** Returns a share check for a weight in per cent. */
export function beginShare({ share, affinity }: JudgePolicy, weight: number, lowestWeight: number) {
  const asShare = (percent: number): number => {
    const part = Math.min(0.9995, Math.max(0.0005, percent / 100));
    return share === 'mirror' ? part / (1 + part) : part;
  };
  const lowest = affinity === 'session' ? lowestWeight : weight;
  const sides = affinity === 'session' ? 'far' : 'both';
  return beginShareCheck(share === 'at-least' ? 'below' : sides, asShare(lowest), asShare(weight));
}

/** Returns a span without requests. */
export function emptySpan(): Span {
  return { requests: { candidate: 0, baseline: 0 }, covered: { candidate: 0, baseline: 0 }, isEven: true };
}

function beginArm(criteria: number): ArmState {
  return {
    totals: emptyArm(criteria),
    serving: emptyArm(1),
    live: 0,
    seen: 0,
    hasLatency: false,
  };
}

function beginCriterion(): CriterionState {
  return {
    fast: noEvidence(),
    hold: noEvidence(),
    slow: { excess: 0, variance: 0, widened: 0, errors: 0 },
    spread: noSpread,
    fastNow: 0,
    holdNow: 0,
    slowCrossed: false,
  };
}

function beginCustom(): CustomState {
  return {
    minute: -1,
    candidate: { sum: 0, count: 0 },
    baseline: { sum: 0, count: 0 },
    count: 0,
    sum: 0,
    squares: 0,
    scale: 0,
    crossed: false,
  };
}
