import { isReset } from './is-reset.ts';
import type { InstanceState, PartState, Reading } from './judge-state.ts';
import { type ArmCounts, type Counted, emptyCounted } from './period.ts';

/**
 * Adds the difference between two readings of an instance. The first reading, and a reading after a reset of all
 * instances, add nothing and are the base of the next difference.
 */
export function countInstance(
  part: PartState,
  instance: InstanceState,
  next: Reading,
  isResetEverywhere: boolean,
): void {
  const { last } = instance;
  const isServing = instance.side === 'server';
  const arm = part.arms[instance.arm];
  instance.last = next;
  if (!instance.live) {
    instance.live = true;
    if (!isServing) arm.live += 1;
  }
  if (isResetEverywhere || last === undefined) return;
  const wasReset = isReset(last, next);
  const { requests, bad } = differenceOf(last, next, wasReset);
  if (isServing) {
    addServing(part, instance, requests, bad);
    return;
  }
  const gap = next.t - last.t;
  part.gap = part.gap === 0 ? gap : Math.min(part.gap, gap);
  addCounts(arm.totals, requests, bad);
  addToSpan(part, instance, last.t, wasReset ? undefined : requests);
  if (last.t < part.period.from - 1.5 * part.gap) {
    if (instance.arm === 'candidate') arm.totals.squares += requests * requests;
    return;
  }
  arm.totals.squares += addToCounted(part, part.period, instance, requests, bad);
}

/** Returns the counts since the last reading, or since the restart if the counters were reset. */
function differenceOf(last: Reading, next: Reading, wasReset: boolean) {
  if (wasReset) return { requests: Math.max(next.requests, ...next.bad), bad: next.bad };
  const bad = next.bad.map((count, k) => count - (last.bad[k] ?? 0));
  return { requests: Math.max(next.requests - last.requests, ...bad), bad };
}

/**
 * Counts an instance as seen in the present span, and adds its requests to the span if the instance was also read at
 * the span's beginning. A reading up to half a gap after a complete reading belongs to the complete reading: proxies
 * are read one after the other.
 */
function addToSpan(
  part: PartState,
  instance: InstanceState,
  since: number,
  requests: number | undefined,
): void {
  const { arm, last } = instance;
  const half = part.gap / 2;
  const isLate = last === undefined || last.t <= part.completeAt + half;
  if (isLate) return;
  if (instance.seen !== part.completeAt) {
    instance.seen = part.completeAt;
    part.arms[arm].seen += 1;
    const isWhole = Math.abs(since - part.completeAt) <= half;
    if (isWhole && requests !== undefined) {
      part.span.covered[arm] += 1;
      instance.span = part.completeAt;
    }
  }
  if (requests === undefined) return;
  if (instance.span === part.completeAt) part.span.requests[arm] += requests;
}

/** Adds the difference of a serving instance; serving instances aren't judged. */
function addServing(
  part: PartState,
  instance: InstanceState,
  requests: number,
  bad: readonly number[],
): void {
  const { serving } = part.arms[instance.arm];
  part.period.serving ??= emptyCounted(1);
  serving.squares += addToCounted(part, part.period.serving, instance, requests, bad);
  addCounts(serving, requests, bad);
}

/** Adds requests to the counts of an instance's arm, and returns the growth of Σ requests² over instances. */
function addToCounted(
  part: PartState,
  counted: Counted,
  instance: InstanceState,
  requests: number,
  bad: readonly number[],
): number {
  const counts = counted[instance.arm];
  const { cell } = instance;
  if (cell.period !== part.periods) {
    cell.period = part.periods;
    cell.requests = 0;
    cell.bad = bad.map(() => 0);
  }
  if (requests === 0) return 0;
  if (cell.requests === 0) counts.instances += 1;
  const before = cell.requests;
  cell.requests += requests;
  for (const [k, count] of bad.entries()) {
    const old = cell.bad[k] ?? 0;
    const sum = old + count;
    cell.bad[k] = sum;
    const grown = (sum * sum) / cell.requests - (before === 0 ? 0 : (old * old) / before);
    if (instance.arm === 'baseline') counted.quotients[k] = (counted.quotients[k] ?? 0) + grown;
  }
  addCounts(counts, requests, bad);
  const grown = cell.requests * cell.requests - before * before;
  counts.squares += grown;
  return grown;
}

function addCounts(counts: ArmCounts, requests: number, bad: readonly number[]): void {
  counts.requests += requests;
  for (const [k, count] of bad.entries()) counts.bad[k] = (counts.bad[k] ?? 0) + count;
}
