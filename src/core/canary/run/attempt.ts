import type { Rollout } from '../../ir/rollout.ts';
import type { RolloutCommand, RolloutRecord } from '../record/rollout-record.ts';

/** Returns the record of a new attempt, before any weight has moved. */
export function beginAttempt(
  { id, from, to }: Rollout,
  judged: string,
  before: RolloutRecord | undefined,
  now: string,
): RolloutRecord {
  return {
    formatVersion: '',
    rollout: id,
    from,
    to,
    judged,
    attempt: (before?.attempt ?? 0) + 1,
    state: 'running',
    step: -1,
    weights: {},
    began: now,
    changed: now,
    wishes: [],
  };
}

/** Returns the record of the attempt under way if that attempt judges the same spec; otherwise that of a new attempt. */
export function takeAttempt(
  rollout: Rollout,
  judged: string,
  before: RolloutRecord | undefined,
  runner: NonNullable<RolloutRecord['runner']>,
  now: string,
): RolloutRecord {
  const isNew = before === undefined || before.state === 'rolled-back' || before.judged !== judged;
  return { ...(isNew ? beginAttempt(rollout, judged, before, now) : before), changed: now, runner };
}

/** Returns the seconds from the beginning of an attempt to a moment, without pauses. */
export function attemptTime({ began, paused = 0, pausedSince }: RolloutRecord, now: Date): number {
  const end = pausedSince === undefined ? now.getTime() : Date.parse(pausedSince);
  return Math.max(0, end - Date.parse(began) - paused) / 1000;
}

/**
 * Returns the record with the weight of a step for the services at positions up to `last`; the other services keep
 * their weights.
 */
export function setStepWeights(
  record: RolloutRecord,
  { services, steps }: Pick<Rollout, 'services' | 'steps'>,
  step: number,
  now: string,
  last = services.length - 1,
): RolloutRecord {
  const weight = steps[step]?.weight ?? 0;
  const moved = services.slice(0, last + 1).map((service) => [service, weight] as const);
  const weights = { ...record.weights, ...Object.fromEntries(moved) };
  return { ...record, state: 'running', step, weights, changed: now };
}

/** Returns the record of an attempt that waits; the wait doesn't count as time of the attempt. */
export function stopAttempt(
  record: RolloutRecord,
  state: 'paused' | 'held',
  reason: string,
  now: string,
): RolloutRecord {
  return { ...record, state, reason, changed: now, pausedSince: record.pausedSince ?? now };
}

/** Returns the record of an attempt that goes on after a wait. After a hold the deadline counts anew. */
export function continueAttempt(record: RolloutRecord, now: Date): RolloutRecord {
  const { pausedSince, reason: _, ...rest } = record;
  const wait = pausedSince === undefined ? 0 : Math.max(0, now.getTime() - Date.parse(pausedSince));
  const going: RolloutRecord = {
    ...rest,
    state: 'running',
    changed: now.toISOString(),
    paused: (record.paused ?? 0) + wait,
  };
  return record.state === 'held' ? { ...going, deadlineFrom: attemptTime(going, now) } : going;
}

/** Returns the record of an attempt that rolls back; no weight of a service rises. */
export function startRollback(
  { pausedSince: _, ...record }: RolloutRecord,
  weights: RolloutRecord['weights'],
  reason: string,
  now: string,
): RolloutRecord {
  const left = Object.entries(weights).flatMap(([id, weight]) => {
    const most = Math.min(weight, record.weights[id] ?? 0);
    return most > 0 ? [[id, most] as const] : [];
  });
  const state = 'rolling-back';
  return { ...record, state, weights: Object.fromEntries(left), wishes: [], reason, changed: now };
}

/** Returns the record of a rolled-back attempt. */
export function endRollback(
  { runner: _, pausedSince: __, ...record }: RolloutRecord,
  reason: string,
  now: string,
): RolloutRecord {
  return { ...record, state: 'rolled-back', weights: {}, wishes: [], reason, changed: now };
}

/** Returns the record with each weight lowered to at most `maxWeightUnattended`. */
export function lowerWeights(
  record: RolloutRecord,
  { maxWeightUnattended: most }: Pick<Rollout, 'maxWeightUnattended'>,
): RolloutRecord {
  const weights = Object.entries(record.weights).map(([id, weight]) => [id, Math.min(weight, most)] as const);
  return { ...record, weights: Object.fromEntries(weights) };
}

/** Returns the record of a promoted attempt. */
export function endPromotion(
  { runner: _, pausedSince: __, ...record }: RolloutRecord,
  now: string,
): RolloutRecord {
  return { ...record, state: 'promoted', wishes: [], changed: now, reason: `${record.to} met the goal` };
}

/** Returns the strongest command: abort over pause over promote over resume. */
export function strongestCommand(wishes: readonly RolloutCommand[]): RolloutCommand | undefined {
  const order = ['abort', 'pause', 'promote', 'resume'] as const;
  for (const action of order) {
    const found = wishes.findLast((command) => command.action === action);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the record after somebody has passed the gate ahead, or with `full` all gates. */
export function passGate(record: RolloutRecord, steps: number, full: boolean): RolloutRecord {
  const ahead = full ? steps + 1 : record.step + 2;
  return { ...record, passed: Math.max(record.passed ?? 0, ahead) };
}
