import type { Arm, FailedScrape, Part, Scrape, ShareChange, StreamLine } from '../../evidence/stream-line.ts';
import { beginShare } from './begin-judging.ts';
import { closePeriod } from './close-period.ts';
import { addCustomValue } from './custom-metric.ts';
import { endReading } from './end-reading.ts';
import type { InstanceState, JudgeState, PartState, Trouble } from './judge-state.ts';
import { readingOf } from './reading-of.ts';

/** Seconds by which a line may be older than the latest line: proxies answer one after the other. */
const disorder = 10;

/**
 * Folds one line into the state. Changes the state in place; the caller continues with the returned state. The same
 * lines give the same state, to the last bit. A line of a later time ends the reading before it, as `endReading` does.
 */
export function observe(state: JudgeState, line: StreamLine): JudgeState {
  const { t } = line;
  if (!(t >= 0 && t <= Number.MAX_SAFE_INTEGER)) return distrustAll(state, line, 'clock');
  if (!state.began) begin(state, t);
  else if (t > state.now) endReading(state, state.now);
  else if (state.now - t > Math.max(disorder, ...partsOf(state, line).map(({ gap }) => gap)))
    return distrustAll(state, line, 'clock');
  state.now = Math.max(state.now, t);
  for (const part of partsOf(state, line)) {
    if ('weight' in line) changeWeight(endReading(state, state.now), part, line);
    else if ('failed' in line) fail(part, line);
    else if ('metric' in line) addCustomValue(state.policy, part, line);
    else take(state, part, line);
  }
  return state;
}

function begin(state: JudgeState, t: number): void {
  state.began = true;
  state.now = t;
  for (const part of state.parts) {
    part.completeAt = t;
    part.period = { ...part.period, from: t, to: t };
  }
}

/** Returns the parts that a line names; all if it names none. */
function partsOf({ parts }: JudgeState, line: Part): readonly PartState[] {
  if (parts.length === 1) return parts;
  return parts.filter(
    ({ service, target }) =>
      (line.service === undefined || line.service === service) &&
      (line.target === undefined || line.target === target),
  );
}

function distrustAll(state: JudgeState, line: StreamLine, cause: Trouble): JudgeState {
  for (const part of partsOf(state, line)) part.trouble = { t: state.now, cause };
  return state;
}

function changeWeight({ policy }: JudgeState, part: PartState, { t, weight }: ShareChange): void {
  if (!(weight >= 0 && weight <= 100)) {
    part.trouble = { t, cause: 'counters' };
    return;
  }
  if (weight === part.weight) return;
  closePeriod(policy, part, Math.max(t, part.period.to), weight);
  if (part.weight === 0) part.completeAt = Math.max(part.completeAt, t);
  part.weight = weight;
  if (weight > 0) part.lowestWeight = part.lowestWeight > 0 ? Math.min(part.lowestWeight, weight) : weight;
  part.share = beginShare(policy, weight, part.lowestWeight);
  part.span.isEven = false;
}

function fail(part: PartState, { t, arm, instance, side, cause = 'unreachable' }: FailedScrape): void {
  if (side === 'server') return;
  part.trouble = { t, cause: cause === 'unreachable' ? 'source' : cause };
  if (arm === undefined || instance === undefined) return;
  const found = part.instances[instanceKey(arm, instance)];
  if (found !== undefined) markFailing(found, t);
}

function markFailing(instance: InstanceState, t: number): void {
  instance.failing = { since: instance.failing?.since ?? t, at: t };
}

function take({ policy }: JudgeState, part: PartState, scrape: Scrape): void {
  const isServing = scrape.side === 'server';
  const key = `${isServing ? 'serving ' : ''}${instanceKey(scrape.arm, scrape.instance)}`;
  let instance = part.instances[key];
  const reading = readingOf(policy, scrape, instance?.last);
  if (typeof reading === 'string') {
    if (isServing) return;
    part.trouble = { t: scrape.t, cause: reading };
    if (instance !== undefined) markFailing(instance, scrape.t);
    return;
  }
  if (instance === undefined) {
    instance = beginInstance(scrape.arm, scrape.side);
    part.instances[key] = instance;
  }
  if (scrape.latency !== undefined) part.arms[scrape.arm].hasLatency = true;
  if (instance.next === undefined) {
    instance.next = reading;
    part.pending.push(key);
  } else if (!isSame(instance.next, reading)) instance.conflict = true;
}

function isSame(one: NonNullable<InstanceState['next']>, other: NonNullable<InstanceState['next']>): boolean {
  return one.requests === other.requests && one.bad.every((bad, k) => bad === other.bad[k]);
}

function beginInstance(arm: Arm, side: Scrape['side']): InstanceState {
  const cell = { period: -1, requests: 0, bad: [] };
  return { arm, ...(side && { side }), conflict: false, live: false, cell };
}

/** Returns the key of an instance; the prefix makes names such as `__proto__` harmless. */
function instanceKey(arm: Arm, instance: string): string {
  return `${arm}/${instance}`;
}
