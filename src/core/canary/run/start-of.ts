import { exit } from '../../exit-code.ts';
import type { RolloutRecord } from '../record/rollout-record.ts';
import type { RolloutJournalLine } from './journal-line.ts';
import type { RunEnd } from './run-end.ts';

/** The state that a run finds. */
export interface Before {
  readonly id: string;
  /** The digest of what the spec judges now (`judgedDigest`). */
  readonly judged: string;
  readonly record: RolloutRecord | undefined;
  /** The journal of the record's attempt. */
  readonly lines: readonly RolloutJournalLine[];
}

/** Milliseconds without a sign of life after which a runner counts as dead. */
const lifeSign = 60_000;

/** The beginning of a run: `begin` a new attempt or continue one, or `ended` if there is nothing to run. */
export type Start = { readonly type: 'begin' } | { readonly type: 'ended'; readonly end: RunEnd };

/** Returns the beginning of a run. With `retry` a new attempt begins after a rollback. */
export function startOf(
  { id, judged, record, lines }: Before,
  now: Date,
  { retry }: { readonly retry: boolean },
): Start {
  const ended = (exitCode: RunEnd['exitCode'], message: string): Start => ({
    type: 'ended',
    end: { exitCode, message },
  });
  if (record === undefined) return { type: 'begin' };
  const { state, reason = 'without a reason', runner } = record;
  const isSame = record.judged === judged;
  if (state === 'rolled-back') {
    if (!isSame || retry) return { type: 'begin' };
    return ended(exit.rolledBack, `it was rolled back: ${reason} (--retry begins a new attempt)`);
  }
  if (state === 'promoted')
    return isSame ? ended(exit.success, `${record.to} is promoted already`) : { type: 'begin' };
  if (!isSame)
    return ended(
      exit.refused,
      `attempt ${String(record.attempt)} is ${state}, and the spec has changed what it judges: mesh apply --restart-rollouts, or mesh canary abort ${id}`,
    );
  if (state === 'rolling-back') return { type: 'begin' };
  if (state === 'held' || (state === 'paused' && runner === undefined))
    return ended(exit.undecided, `it is ${state}: ${reason} (mesh canary resume, promote or abort ${id})`);
  if (runner !== undefined && isAlive(record, lines, now))
    return ended(exit.locked, `${runner.holder} runs it: wait, or mesh canary pause or abort ${id}`);
  return { type: 'begin' };
}

/** Returns true if the runner of a record has shown a sign of life in the last minute. */
export function isAlive(
  { runner, changed }: Pick<RolloutRecord, 'runner' | 'changed'>,
  lines: readonly RolloutJournalLine[],
  now: Date,
): boolean {
  if (runner === undefined) return false;
  const signs = lines.flatMap(signsOf);
  const last = Math.max(Date.parse(changed), ...signs.slice(-1).map((sign) => Date.parse(sign)));
  return now.getTime() - last < lifeSign;
}

function signsOf(line: RolloutJournalLine): readonly string[] {
  if ('reading' in line) return [line.reading];
  if ('alive' in line) return [line.alive];
  return 'sum' in line && line.sum.seen !== undefined ? [line.sum.seen] : [];
}
