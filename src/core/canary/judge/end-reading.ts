import { lookAtAcceptance } from './acceptance-looks.ts';
import { emptySpan } from './begin-judging.ts';
import { closePeriod } from './close-period.ts';
import { isReset } from './is-reset.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { ArmState, InstanceState, JudgeState, PartState, Reading } from './judge-state.ts';
import type { ArmCounts } from './period.ts';
import { addToShareCheck } from './share-check.ts';
import { weighPeriod } from './weigh-period.ts';

/** Seconds after which an instance without readings is gone, and a part without complete readings can't be seen. */
export function sightLimit({ gap }: PartState, interval: number): number {
  return Math.max(60, 4 * Math.max(gap, interval));
}

/** An arm with this many instances or fewer is complete only with all of them. */
const few = 5;

/** The share of instances that makes a larger arm, and the baseline, complete. */
const most = 0.8;

/**
 * Ends the reading at time `t`: compares the counters with the last ones, adds the differences, and, if both arms were
 * seen, brings all tests up to date. `observe` calls it before a line of a later time; a live run after each reading.
 */
export function endReading(state: JudgeState, t: number): JudgeState {
  let isPeriodOver = false;
  for (const part of state.parts) {
    addDifferences(part, t);
    if (!isComplete(part)) forgetGone(part, t, sightLimit(part, state.policy.interval));
    if (part.completeAt < t && isComplete(part)) isPeriodOver = complete(state, part, t) || isPeriodOver;
  }
  if (isPeriodOver) lookAtAcceptance(state, false);
  return state;
}

function addDifferences(part: PartState, t: number): void {
  const { pending } = part;
  if (pending.length === 0) return;
  part.pending = [];
  const instances = pending.flatMap((key) => part.instances[key] ?? []);
  const known = instances.filter(({ last, next }) => last !== undefined && next !== undefined);
  const resets = known.filter(({ last, next }) => isReset(last, next)).length;
  const isResetEverywhere = resets >= 2 && resets === known.length;
  if (isResetEverywhere) part.trouble = { t, cause: 'resets' };
  for (const instance of instances) {
    const { next } = instance;
    delete instance.next;
    if (next === undefined) continue;
    if (instance.conflict) {
      part.trouble = { t, cause: 'series' };
      instance.failing = { since: instance.failing?.since ?? t, at: t };
      instance.conflict = false;
      continue;
    }
    delete instance.failing;
    addInstance(part, instance, next, isResetEverywhere);
  }
}

/** Adds the difference of one instance; its first reading, and one that was reset with all others, only begin anew. */
function addInstance(
  part: PartState,
  instance: InstanceState,
  next: Reading,
  isResetEverywhere: boolean,
): void {
  const { last } = instance;
  const arm = part.arms[instance.arm];
  instance.last = next;
  if (!instance.live) {
    instance.live = true;
    arm.live += 1;
  }
  if (isResetEverywhere) return;
  if (last === undefined) return;
  const gap = next.t - last.t;
  part.gap = part.gap === 0 ? gap : Math.min(part.gap, gap);
  const wasReset = isReset(last, next);
  const since = (now: number, before: number): number => (wasReset ? now : now - before);
  const bad = next.bad.map((count, k) => since(count, last.bad[k] ?? 0));
  const requests = Math.max(since(next.requests, last.requests), ...bad);
  addServer(arm, last, next, bad[0] ?? 0);
  addCounts(arm.totals, requests, bad);
  addToSpan(part, instance, last.t, wasReset ? undefined : requests);
  if (last.t < part.period.from - 1.5 * part.gap) {
    if (instance.arm === 'candidate') arm.totals.squares += requests * requests;
    return;
  }
  addToPeriod(part, instance, requests, bad);
}

/**
 * Counts an instance as seen in this round, and adds its requests to the span if it was read at its beginning, too.
 * Readings up to half a gap after a complete one still belong to that one: proxies are read one after the other.
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

function addServer({ server }: ArmState, last: Reading, next: Reading, errors: number): void {
  if (last.server === undefined || next.server === undefined) return;
  const difference = next.server.errors - last.server.errors;
  server.spans += 1;
  server.errors += difference < 0 ? next.server.errors : difference;
  server.clientErrors += errors;
}

function addToPeriod(
  part: PartState,
  instance: InstanceState,
  requests: number,
  bad: readonly number[],
): void {
  const counts = part.period[instance.arm];
  const { cell } = instance;
  if (cell.period !== part.periods) {
    cell.period = part.periods;
    cell.requests = 0;
    cell.bad = bad.map(() => 0);
  }
  if (requests === 0) return;
  if (cell.requests === 0) counts.instances += 1;
  const before = cell.requests;
  cell.requests += requests;
  const grown = cell.requests * cell.requests - before * before;
  counts.squares += grown;
  part.arms[instance.arm].totals.squares += grown;
  for (const [k, count] of bad.entries()) {
    const old = cell.bad[k] ?? 0;
    const sum = old + count;
    cell.bad[k] = sum;
    if (instance.arm === 'candidate') continue;
    part.period.quotients[k] =
      (part.period.quotients[k] ?? 0) +
      (sum * sum) / cell.requests -
      (before === 0 ? 0 : (old * old) / before);
  }
  addCounts(counts, requests, bad);
}

function addCounts(counts: ArmCounts, requests: number, bad: readonly number[]): void {
  counts.requests += requests;
  for (const [k, count] of bad.entries()) counts.bad[k] = (counts.bad[k] ?? 0) + count;
}

/** Returns true if both arms were seen since the last complete reading; at 100 % the candidate is enough. */
function isComplete({ arms, weight }: PartState): boolean {
  const { candidate, baseline } = arms;
  const needed = candidate.live <= few ? candidate.live : Math.ceil(most * candidate.live);
  if (candidate.live === 0 || candidate.seen < needed) return false;
  if (weight === 100) return true;
  return baseline.live > 0 && baseline.seen >= Math.ceil(most * baseline.live);
}

/** Takes instances without readings out of the live ones, so that an arm no longer waits for them. */
function forgetGone(part: PartState, t: number, limit: number): void {
  if (t - part.completeAt <= 2 * part.gap) return;
  for (const instance of Object.values(part.instances)) {
    if (!instance.live || instance.last === undefined || t - instance.last.t <= limit) continue;
    instance.live = false;
    const arm = part.arms[instance.arm];
    arm.live -= 1;
    if (instance.seen === part.completeAt) arm.seen -= 1;
  }
}

/** Brings the tests of a part up to date, and returns true if a period is over. */
function complete(state: JudgeState, part: PartState, t: number): boolean {
  const { policy } = state;
  part.period.to = t;
  checkShare(policy, part);
  part.span = emptySpan();
  part.arms.candidate.seen = 0;
  part.arms.baseline.seen = 0;
  part.completeAt = t;
  weighPeriod(policy, part);
  const minuteEnd = (Math.floor(part.period.from / 60) + 1) * 60;
  if (t < minuteEnd) return false;
  closePeriod(policy, part, t, part.weight);
  return true;
}

/** Adds the span to the share check; an arm that isn't covered whole lowers the other one's count alike. */
function checkShare({ share }: JudgePolicy, part: PartState): void {
  const { requests, covered, isEven } = part.span;
  const { candidate, baseline } = part.arms;
  if (!isEven || share === 'unchecked' || part.weight === 0) return;
  if (covered.candidate === 0 || covered.baseline === 0) return;
  part.share = addToShareCheck(
    part.share,
    (requests.candidate * covered.baseline) / baseline.live,
    (requests.baseline * covered.candidate) / candidate.live,
  );
}
