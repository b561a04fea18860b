import type { Clock } from '../../ports/clock.ts';
import type { Processes } from '../../ports/processes.ts';
import { Lease } from './lease.ts';
import type { LockPlace } from './lock-place.ts';
import { type FoundLock, findLock, type LockRecord, lockText } from './lock-record.ts';

/** The process that takes a lock, and its purpose. */
export interface Taker extends Pick<LockRecord, 'id' | 'holder' | 'tool' | 'command' | 'ttl'> {
  /** The last epoch that was used before, even if its record has been removed. */
  readonly usedEpoch: number;
  /** Id of a lock to take over although its holder may be alive. */
  readonly force?: string;
}

/** The result of taking a lock. */
export type Taken =
  | { readonly state: 'taken'; readonly lease: Lease; readonly over?: FoundLock }
  | { readonly state: 'held'; readonly by: FoundLock }
  | { readonly state: 'interrupted' };

/** The effects that taking a lock needs. */
export interface LockSurroundings {
  readonly clock: Clock;
  readonly processes: Processes;
  readonly signal: AbortSignal;
  /** Called before a lock without a sign of life is watched, with the longest time that this takes in milliseconds. */
  readonly onWatch: (found: FoundLock, time: number) => void;
}

/** Milliseconds without a heartbeat after which a lock counts as abandoned, unless its record says otherwise. */
const defaultTtl = 30_000;

const pollEvery = 250;

/**
 * Takes the lock of an output by creating the record of the next epoch, which only one of several runs can do. Takes
 * over a held lock only from a dead holder: its process has ended, or the record stayed unchanged for its `ttl` on our
 * own monotonic clock.
 */
export async function takeLock(place: LockPlace, taker: Taker, around: LockSurroundings): Promise<Taken> {
  for (;;) {
    const found = await findLock(place);
    const verdict = await standing(place, found, taker, around);
    if (verdict === 'held' && found) return { state: 'held', by: found };
    if (verdict === 'interrupted') return { state: 'interrupted' };
    if (verdict === 'changed') continue;
    const lease = await createRecord(place, Math.max(found?.epoch ?? 0, taker.usedEpoch) + 1, taker, around);
    if (lease) return { state: 'taken', lease, ...(verdict === 'dead' && found && { over: found }) };
  }
}

type Standing = 'free' | 'dead' | 'held' | 'changed' | 'interrupted';

async function standing(
  place: LockPlace,
  found: FoundLock | undefined,
  { force }: Taker,
  around: LockSurroundings,
): Promise<Standing> {
  if (found === undefined || found.record?.released === true) return 'free';
  const { record } = found;
  if (record === undefined) return watchLock(place, found, defaultTtl, around);
  if (record.id === force || (await around.processes.isGone(record.process))) return 'dead';
  return isHeard(record, around.processes, around.clock)
    ? 'held'
    : watchLock(place, found, record.ttl, around);
}

async function createRecord(
  place: LockPlace,
  epoch: number,
  { id, holder, tool, command, ttl }: Taker,
  { clock, processes }: LockSurroundings,
): Promise<Lease | undefined> {
  const [now, monotonic] = [clock.now(), clock.monotonic()];
  const record: LockRecord = {
    formatVersion: '1.0',
    id,
    epoch,
    holder,
    process: processes.self,
    tool,
    command,
    taken: now.toISOString(),
    ttl,
    beat: 0,
    heard: monotonic,
  };
  if (!(await place.create(epoch, lockText(record)))) return undefined;
  const lease = new Lease(place, clock, record, { monotonic, wall: now.getTime() });
  await place.removeBefore(epoch);
  return lease;
}

async function watchLock(
  place: LockPlace,
  found: FoundLock,
  ttl: number,
  { clock, processes, signal, onWatch }: LockSurroundings,
): Promise<Standing> {
  onWatch(found, ttl);
  const started = clock.monotonic();
  for (;;) {
    await clock.sleep(pollEvery, signal);
    if (signal.aborted) return 'interrupted';
    const now = await findLock(place);
    if (now?.epoch !== found.epoch || now.record?.released === true) return 'changed';
    if (now.text !== found.text) return 'held';
    const isOver = clock.monotonic() - started > ttl;
    if (isOver || (found.record && (await processes.isGone(found.record.process)))) return 'dead';
  }
}

/**
 * Returns true if the last heartbeat is more recent than the record's `ttl`, by the monotonic clock of the same boot of
 * this machine.
 */
function isHeard({ process, heard, ttl }: LockRecord, { self }: Processes, clock: Clock): boolean {
  if (self.machine === undefined || process.machine !== self.machine) return false;
  const age = clock.monotonic() - heard;
  return age >= 0 && age <= ttl;
}
