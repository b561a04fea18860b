import type { Options } from '../../command-table/invocation.ts';
import { exit } from '../../core/exit-code.ts';
import { Ledger } from '../../core/history/ledger.ts';
import type { Lease } from '../../core/lock/lease.ts';
import type { LockPlace } from '../../core/lock/lock-place.ts';
import type { FoundLock } from '../../core/lock/lock-record.ts';
import { takeLock } from '../../core/lock/take-lock.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import { checkStored } from '../../core/run/check-stored.ts';
import { UsageError } from '../../core/usage-error.ts';
import { PortError } from '../../ports/port-error.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import { durationOf } from './duration-option.ts';
import type { EventLog } from './event-log.ts';
import { refuseNested } from './refuse-nested.ts';

/** An output to lock. */
export interface Place {
  /** The name of the target. */
  readonly name: string;
  readonly output: OutputDriver;
}

/** An output whose lock is held. */
export interface LockedOutput {
  /** The output, which checks before each write that the lock is still held. */
  readonly output: OutputDriver;
  readonly epoch: number;
}
const seconds = 1000;

/**
 * Takes the locks of all outputs in the order of their paths, calls `use`, and releases the locks however it ends. If a
 * live holder has a lock, ends at once (6) with a message that says how to free the lock.
 */
export async function lockOutputs<T>(
  places: readonly Place[],
  {
    command,
    log,
    id,
  }: { readonly command: string; readonly log: Pick<EventLog, 'tell'>; readonly id: string },
  options: Options<'adopt' | 'forceUnlock' | 'lockTtl'>,
  parts: DeliveringParts,
  use: (locked: ReadonlyMap<string, LockedOutput>) => Promise<T>,
): Promise<T> {
  const leases: Lease[] = [];
  const locked = new Map<string, LockedOutput>();
  const ttl = ttlOf(options);
  refuseNested(places);
  const sorted = [...places].sort((a, b) => (a.output.place < b.output.place ? -1 : 1));
  try {
    for (const place of sorted) {
      const lease = await leaseOf(place, { command, log, id, ttl }, options, parts);
      leases.push(lease);
      const output = place.output.guarded(() => lease.permit());
      locked.set(place.name, { output, epoch: lease.epoch });
      await setAsideDamaged(place.name, new Ledger(output.store), log);
      await output.protect();
    }
    return await use(locked);
  } finally {
    for (const lease of leases) await lease.release();
  }
}

interface Wanted {
  readonly command: string;
  readonly log: Pick<EventLog, 'tell'>;
  readonly id: string;
  readonly ttl: number;
}

async function leaseOf(
  { name: target, output }: Place,
  { command, log, id, ttl }: Wanted,
  options: Options<'adopt' | 'forceUnlock'>,
  { tool, actor, clock, processes, signal }: DeliveringParts,
): Promise<Lease> {
  const foreign = await output.obstacles(options.adopt ?? []);
  const [first] = foreign;
  if (first !== undefined) {
    const what = foreign.map(({ path, why }) => `${path} is in the way: ${why}`).join('; ');
    throw new PortError(`target ${target}: ${what}`, exit.foreign);
  }
  await checkStored(output);
  const usedEpoch = (await new Ledger(output.store).readState())?.epoch ?? (await output.lastEpoch());
  const force = options.forceUnlock;
  const taker = { id, holder: actor, tool, command, ttl, usedEpoch, ...(force !== undefined && { force }) };
  const taken = await takeLock(output.lock, taker, {
    clock,
    processes,
    signal,
    onWatch: (found, time) =>
      log.tell({
        type: 'lock',
        target,
        state: 'watched',
        ...whose(found),
        until: new Date(clock.now().getTime() + time).toISOString(),
      }),
  });
  if (taken.state === 'interrupted')
    throw new PortError(
      'stopped while waiting for a lock',
      signal.reason === exit.terminated ? exit.terminated : exit.interrupted,
    );
  if (taken.state === 'held') {
    log.tell({ type: 'lock', target, state: 'held', ...whose(taken.by) });
    throw new PortError(`target ${target}: ${heldText(taken.by, output.lock)}`, exit.locked);
  }
  const { lease, over } = taken;
  if (over) log.tell({ type: 'lock', target, state: 'taken over', ...whose(over), epoch: lease.epoch });
  log.tell({ type: 'lock', target, state: 'taken', id, epoch: lease.epoch, holder: actor });
  return lease;
}

/** Reports damaged entries of the history and moves them aside, so that the run can go on. */
async function setAsideDamaged(target: string, ledger: Ledger, log: Pick<EventLog, 'tell'>): Promise<void> {
  for (const { place, aside } of await ledger.setAsideDamaged())
    log.tell({ type: 'notice', target, message: `${place} is damaged: it is ${aside} from now on` });
}

function whose({ record }: FoundLock): {
  readonly id?: string;
  readonly holder?: string;
  readonly since?: string;
} {
  return record ? { id: record.id, holder: record.holder, since: record.taken } : {};
}

function heldText({ epoch, record }: FoundLock, lock: LockPlace): string {
  if (record === undefined)
    return `${lock.place(epoch)} cannot be read, and someone changes it: mesh that wrote it is needed`;
  const { holder, process, tool, command, taken, id } = record;
  return `its output is locked by ${holder} (process ${process.pid}, ${tool} ${command}) since ${taken}; wait for it, or, if it surely does nothing any more, say --force-unlock ${id}`;
}

function ttlOf(options: Options<'lockTtl'>): number {
  const ttl = durationOf(options, 'lockTtl', 30 * seconds);
  if (ttl < seconds) throw new UsageError('--lock-ttl takes at least 1s');
  return ttl;
}
