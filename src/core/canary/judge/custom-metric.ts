import type { MetricValue } from '../../evidence/stream-line.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { CustomState, PartState } from './judge-state.ts';
import { slowLevel } from './levels.ts';
import { slowBound, slowLaneFrom, slowRho } from './slow-lane.ts';

/** The least standard deviation of a minute's relative difference, since constant metrics have no deviation. */
const leastDeviation = 0.01;

/** Adds a value of a custom metric. The means of both arms in a minute give one relative difference. */
export function addCustomValue(policy: JudgePolicy, part: PartState, line: MetricValue): void {
  const index = policy.custom.findIndex(({ name }) => name === line.metric);
  const state = part.custom[index];
  const direction = policy.custom[index]?.direction;
  if (state === undefined || direction === undefined) return;
  if (!Number.isFinite(line.value) || Math.abs(line.value) > Number.MAX_SAFE_INTEGER) {
    part.trouble = { t: line.t, cause: 'counters' };
    return;
  }
  const minute = Math.max(0, Math.ceil(line.t / 60) - 1);
  if (minute > state.minute) {
    endMinute(state, direction === 'increase' ? 1 : -1, slowLevel(policy));
    state.minute = minute;
  }
  const arm = state[line.arm];
  arm.sum += line.value;
  arm.count += 1;
}

function endMinute(state: CustomState, sign: 1 | -1, alpha: number): void {
  const { candidate, baseline } = state;
  state.candidate = { sum: 0, count: 0 };
  state.baseline = { sum: 0, count: 0 };
  if (candidate.count === 0 || baseline.count === 0) return;
  const before = baseline.sum / baseline.count;
  const scale = Math.max(Math.abs(before), Math.abs(candidate.sum / candidate.count));
  const difference = scale === 0 ? 0 : (sign * (candidate.sum / candidate.count - before)) / scale;
  state.count += 1;
  state.sum += difference;
  state.squares += difference * difference;
  if (state.count < slowLaneFrom) return;
  const variance = customVariance(state);
  state.crossed = state.sum >= slowBound(variance, slowRho(variance, alpha), alpha, 0);
}

/**
 * Returns the variance of the sum of differences: empirical, so that the boundary holds asymptotically (Waudby-Smith,
 * Arbour, Sinha, Kennedy & Ramdas, Annals of Statistics 2024).
 */
export function customVariance({ count, sum, squares }: CustomState): number {
  const mean = sum / count;
  return count * Math.max(leastDeviation ** 2, squares / count - mean * mean);
}
