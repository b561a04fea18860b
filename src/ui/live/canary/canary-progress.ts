import type { CanaryEvent } from '../../../core/canary/progress/canary-event.ts';
import type { Event } from '../../../core/run/event.ts';

/** The counts of both arms between two readings. */
export interface Interval {
  /** Seconds. */
  readonly length: number;
  readonly baseline: Rates;
  readonly candidate: Rates;
}

/** Requests a second, and the share of bad ones (NaN without requests). */
export interface Rates {
  readonly perSecond: number;
  readonly bad: number;
}

/** The progress of a rollout, as the live view shows it. */
export interface CanaryProgress {
  readonly rollout?: CanaryEvent & { readonly type: 'rollout' };
  readonly observation?: CanaryEvent & { readonly type: 'observation' };
  readonly verdict?: CanaryEvent & { readonly type: 'verdict' };
  /** The last intervals, oldest first; `undefined` for a reading that failed. */
  readonly intervals: readonly (Interval | undefined)[];
  /** The last events that people should read, oldest first, with their moments in milliseconds since the epoch. */
  readonly log: readonly { readonly at: number; readonly event: CanaryEvent | Event }[];
}

/** Returns the progress before the first event. */
export const beginning: CanaryProgress = { intervals: [], log: [] };

/** Returns the progress after an event, at a moment in milliseconds since the epoch. */
export function after(before: CanaryProgress, event: CanaryEvent | Event, at: number): CanaryProgress {
  if (event.type === 'rollout') return afterStep(before, event, at);
  if (event.type === 'observation') return { ...before, ...observed(before, event) };
  if (event.type === 'verdict') {
    const { verdict: last, log } = before;
    const isNews = last?.verdict !== event.verdict || last.code !== event.code;
    const isShown = isNews && event.verdict !== 'watching';
    return { ...before, verdict: event, log: isShown ? logged(log, event, at) : log };
  }
  if (event.type === 'notice' || event.type === 'end')
    return { ...before, log: logged(before.log, event, at) };
  return before;
}

function afterStep(
  before: CanaryProgress,
  event: CanaryEvent & { readonly type: 'rollout' },
  at: number,
): CanaryProgress {
  const known = before.rollout;
  // A new attempt counts from zero.
  const isNew = known !== undefined && known.attempt !== event.attempt;
  const isSame = known?.state === event.state && known.step === event.step && event.detail === undefined;
  const next = isNew ? { ...beginning, log: before.log } : before;
  return { ...next, rollout: event, log: isSame && !isNew ? before.log : logged(before.log, event, at) };
}

/** More than the widest terminal shows. */
const keptIntervals = 240;
const keptEvents = 12;

function logged(log: CanaryProgress['log'], event: CanaryEvent | Event, at: number): CanaryProgress['log'] {
  return [...log, { at, event }].slice(-keptEvents);
}

function observed(
  { observation: last, intervals }: CanaryProgress,
  event: CanaryEvent & { readonly type: 'observation' },
): Pick<CanaryProgress, 'observation' | 'intervals'> {
  const kept = (interval: Interval | undefined): readonly (Interval | undefined)[] =>
    [...intervals, interval].slice(-keptIntervals);
  if (event.failed !== undefined)
    return { ...(last && { observation: { ...last, failed: event.failed } }), intervals: kept(undefined) };
  const length = event.t - (last?.t ?? 0);
  if (last === undefined || length <= 0) return { observation: event, intervals };
  const rates = (arm: 'baseline' | 'candidate'): Rates => {
    const requests = event[arm].requests - last[arm].requests;
    return { perSecond: requests / length, bad: (event[arm].errors - last[arm].errors) / requests };
  };
  return {
    observation: event,
    intervals: kept({ length, baseline: rates('baseline'), candidate: rates('candidate') }),
  };
}
