import type { Clock } from '../../ports/clock.ts';
import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import type { LockPlace } from './lock-place.ts';
import { type LockRecord, lockText } from './lock-record.ts';

/** The error that the lock of an output was lost: another run took it over, or it was not renewed in time. */
export class LockLost extends PortError {
  constructor(reason: string) {
    super(reason, exit.locked);
    this.name = 'LockLost';
  }
}

/** The share of a lease that one write may take: 15 s of 30. A heartbeat comes after a third, so two thirds are usually left. */
const writePart = 1 / 2;

/** Renewals in a row that may leave too little time for a write. */
const mostRenewals = 2;

/** A held lock. A lease can't stop another writer, so every write awaits `permit` right before. */
export class Lease {
  readonly epoch: number;
  private readonly place: LockPlace;
  private readonly clock: Clock;
  private readonly stop = new AbortController();
  private readonly heart: Promise<void>;
  private record: LockRecord;
  private renewed: { readonly monotonic: number; readonly wall: number };
  private renewal: Promise<void> | undefined;
  private lost: LockLost | undefined;

  /** Starts the heartbeat; `renewed` is the time right before the record was written. */
  constructor(place: LockPlace, clock: Clock, record: LockRecord, renewed: Lease['renewed']) {
    this.place = place;
    this.clock = clock;
    this.record = record;
    this.renewed = renewed;
    this.epoch = record.epoch;
    this.heart = this.beatUntilStopped();
  }

  /**
   * Resolves with the milliseconds that one write may take; the lease lasts longer, for it is renewed first if necessary.
   * Throws `LockLost` if the lock was lost, PortError(6) if renewals take so long that too little time is left.
   */
  async permit(): Promise<number> {
    const time = this.record.ttl * writePart;
    for (let renewals = 0; ; renewals += 1) {
      if (this.lost) throw this.lost;
      if (this.left() > time) await this.lookForOthers();
      // The look took time, too.
      const left = this.left();
      if (left > time) return time;
      if (left <= 0) throw this.lose(this.expiry());
      if (renewals === mostRenewals) throw new PortError(this.slowness(left, time), exit.locked);
      await this.renew();
    }
  }

  /** Gives the lock back. Never throws: if the release fails, the next holder takes over the lock when it expires. */
  async release(): Promise<void> {
    this.stop.abort();
    await this.heart;
    await this.renewal?.catch(() => undefined);
    if (this.lost || this.record.released) return;
    try {
      await this.lookForOthers();
      this.record = { ...this.record, released: true };
      await this.place.replace(this.epoch, lockText(this.record));
    } catch {
      // The disk is full or unavailable: the lock will expire.
    }
  }

  /**
   * Returns the milliseconds left by the clock that ran further: only the wall clock runs while a laptop sleeps, but it
   * may be set back.
   */
  private left(): number {
    const { monotonic, wall } = this.renewed;
    const gone = Math.max(this.clock.monotonic() - monotonic, this.clock.now().getTime() - wall);
    return this.record.ttl - gone;
  }

  /** Renews the lease, or awaits the renewal that is under way: all renewals write the same record. */
  private renew(): Promise<void> {
    this.renewal ??= this.renewOnce().finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  private async renewOnce(): Promise<void> {
    if (this.lost) throw this.lost;
    // Another run may have taken over an expired lease, which only a new `takeLock` can find out.
    if (this.left() <= 0) throw this.lose(this.expiry());
    await this.lookForOthers();
    const renewed = { monotonic: this.clock.monotonic(), wall: this.clock.now().getTime() };
    const record = { ...this.record, beat: this.record.beat + 1, heard: renewed.monotonic };
    await this.place.replace(this.epoch, lockText(record));
    this.record = record;
    this.renewed = renewed;
  }

  private async lookForOthers(): Promise<void> {
    const highest = (await this.place.epochs()).at(-1);
    if (highest === this.epoch) return;
    if (highest === undefined || highest < this.epoch) throw this.lose('the lock was removed by hand');
    throw this.lose(`the lock was taken over by another run (its epoch is ${highest}, ours ${this.epoch})`);
  }

  private lose(reason: string): LockLost {
    this.lost ??= new LockLost(reason);
    return this.lost;
  }

  private expiry(): string {
    return `the lock was not renewed for ${this.record.ttl / 1000} s (the machine slept, its clock was set, or the disk takes nothing): someone else may have taken it`;
  }

  private slowness(left: number, time: number): string {
    const [some, needed] = [left, time].map((one) => Math.round(one / 100) / 10);
    return `the lock has ${some} s left after ${mostRenewals} renewals, and a write may take ${needed} s: the place that keeps it answers too slowly; --lock-ttl gives more time`;
  }

  private async beatUntilStopped(): Promise<void> {
    for (;;) {
      await this.clock.sleep(this.record.ttl / 3, this.stop.signal);
      if (this.stop.signal.aborted || this.lost) return;
      // A later heartbeat may succeed before the lease runs out; otherwise the next write reports the loss.
      await this.renew().catch(() => undefined);
    }
  }
}
