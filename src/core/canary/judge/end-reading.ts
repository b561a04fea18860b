import { lookAtAcceptance } from './acceptance-looks.ts';
import { emptySpan } from './begin-judging.ts';
import { closePeriod } from './close-period.ts';
import { countInstance } from './count-instance.ts';
import { isReset } from './is-reset.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { JudgeState, PartState } from './judge-state.ts';
import { addToShareCheck } from './share-check.ts';
import { weighPeriod } from './weigh-period.ts';

/**
 * Returns the seconds after which an instance without readings counts as gone, and a part without complete readings as
 * unseen.
 */
export function sightLimit({ gap }: PartState, interval: number): number {
  return Math.max(60, 4 * Math.max(gap, interval));
}

/** An arm with this many instances or fewer is complete only with all of them. */
const few = 5;

/** The share of instances with which a larger arm, or the baseline, is complete. */
const most = 0.8;

/**
 * Ends the reading at time `t`: adds the differences from the last reading and, if both arms were seen, updates all
 * tests. `observe` calls this function before a line of a later time, a live run after each reading.
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
  const known = instances.filter(({ side, last }) => side === undefined && last !== undefined);
  const resets = known.filter(({ last, next }) => isReset(last, next)).length;
  const isResetEverywhere = resets >= 2 && resets === known.length;
  if (isResetEverywhere) part.trouble = { t, cause: 'resets' };
  for (const instance of instances) {
    const { next } = instance;
    delete instance.next;
    if (next === undefined) continue;
    if (instance.conflict) {
      instance.conflict = false;
      if (instance.side === 'server') continue;
      part.trouble = { t, cause: 'series' };
      instance.failing = { since: instance.failing?.since ?? t, at: t };
      continue;
    }
    delete instance.failing;
    countInstance(part, instance, next, isResetEverywhere);
  }
}

/** Returns true if both arms were seen since the last complete reading; at 100 % the candidate is enough. */
function isComplete({ arms, weight }: PartState): boolean {
  const { candidate, baseline } = arms;
  const needed = candidate.live <= few ? candidate.live : Math.ceil(most * candidate.live);
  if (candidate.live === 0 || candidate.seen < needed) return false;
  if (weight === 100) return true;
  return baseline.live > 0 && baseline.seen >= Math.ceil(most * baseline.live);
}

/** Marks instances without readings as gone, so that an arm no longer waits for them. */
function forgetGone(part: PartState, t: number, limit: number): void {
  if (t - part.completeAt <= 2 * part.gap) return;
  for (const instance of Object.values(part.instances)) {
    if (!instance.live || instance.last === undefined || t - instance.last.t <= limit) continue;
    instance.live = false;
    if (instance.side === 'server') continue;
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

/**
 * Adds the requests of the span to the share check. If only a part of an arm's instances is covered, the other arm's
 * requests count in the same proportion.
 */
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
