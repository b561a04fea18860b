import type { Clock } from '../../../ports/clock.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import type { LockPlace } from '../../lock/lock-place.ts';
import type { LeaseFacts, LeaseRecord } from './lease-record.ts';

interface Seen {
  readonly epoch?: number;
  readonly text?: string;
  readonly version?: string;
}

/** Milliseconds of both clocks. */
interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

/** Milliseconds for which the server's last answer about the lock is trusted before a write. */
const believed = 1_000;

/**
 * Keeps the lock of an inventory in one Lease; each taking of the lock raises its epoch. A holder asks the server at
 * most once a second if it still has the lock, so after a takeover by force the old holder may write objects for
 * another second. It can't write records, which are replaced by version.
 */
export class KubernetesLock implements LockPlace {
  readonly #lease: LeaseRecord;
  readonly #clock: Clock;
  readonly #name: string;
  readonly #onGap: () => void;
  /** The Lease as the server answered last; its version is undefined if there was none. */
  #last: Seen | undefined;
  /** The version of the Lease at the last call of `look`. */
  #lookedAt: { readonly version: string | undefined } | undefined;
  #asked: Promise<Seen> | undefined;
  #held: { readonly epoch: number; readonly version: string } | undefined;
  #heard = { monotonic: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY };

  /** Calls `onGap` if another run may have written between `look` and the taking of the lock. */
  constructor(
    lease: LeaseRecord,
    { clock, name, onGap }: { readonly clock: Clock; readonly name: string; readonly onGap: () => void },
  ) {
    this.#lease = lease;
    this.#clock = clock;
    this.#name = name;
    this.#onGap = onGap;
  }

  /**
   * Reads the Lease before the records: if the lock is later taken from this version, nobody has changed the records in
   * between.
   */
  async look(): Promise<void> {
    this.#held = undefined;
    this.#lookedAt = { version: (await this.#read()).version };
  }

  async epochs(): Promise<readonly number[]> {
    if (this.#held !== undefined && this.#isFresh()) return [this.#held.epoch];
    // A lock that was free at the look is taken from that version: the write fails if another run was faster.
    if (this.#lookedAt !== undefined && this.#last !== undefined && isFree(this.#last))
      return epochsOf(this.#last);
    // Concurrent writes share one question.
    this.#asked ??= this.#read().finally(() => {
      this.#asked = undefined;
    });
    return epochsOf(await this.#asked);
  }

  /** Returns the text of the Lease from the last call of `epochs`. */
  async read(epoch: number): Promise<string | undefined> {
    const last = this.#last?.epoch === epoch ? this.#last : await this.#read();
    return last.epoch === epoch ? last.text : undefined;
  }

  async create(epoch: number, text: string): Promise<boolean> {
    const { epoch: before = -1, version } = this.#last ?? (await this.#read());
    if (before >= epoch) return false;
    if (version === undefined) await this.#lease.ensureNamespace();
    const asked = this.#now();
    const written = await this.#lease.write(text, this.#facts(epoch, text), version);
    this.#last = undefined;
    if (written === undefined) return false;
    if (this.#lookedAt === undefined || this.#lookedAt.version !== version) this.#onGap();
    this.#hold(epoch, written, asked);
    return true;
  }

  async replace(epoch: number, text: string): Promise<void> {
    const asked = this.#now();
    const version = await this.#lease.write(text, this.#facts(epoch, text), this.#held?.version);
    if (version === undefined) {
      this.#forgetAnswer();
      throw new PortError(`${this.place()} was taken over by another run`, exit.locked);
    }
    this.#hold(epoch, version, asked);
    if (isReleased(text)) this.#held = undefined;
  }

  /** Does nothing: there is only one record. */
  removeBefore(): Promise<void> {
    return Promise.resolve();
  }

  place(): string {
    return `the Lease ${this.#name}`;
  }

  async #read(): Promise<Seen> {
    const asked = this.#now();
    const kept = await this.#lease.read();
    this.#last = kept ?? {};
    if (kept !== undefined && kept.epoch === this.#held?.epoch) this.#heard = asked;
    return this.#last;
  }

  #hold(epoch: number, version: string, asked: Moment): void {
    this.#held = { epoch, version };
    this.#heard = asked;
  }

  /** Makes the next call of `epochs` ask the server. */
  #forgetAnswer(): void {
    this.#heard = { monotonic: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY };
  }

  /** Returns true if the server has confirmed the lock less than a second ago, by whichever clock ran further. */
  #isFresh(): boolean {
    const { monotonic, wall } = this.#now();
    return Math.max(monotonic - this.#heard.monotonic, wall - this.#heard.wall) < believed;
  }

  #now(): Moment {
    return { monotonic: this.#clock.monotonic(), wall: this.#clock.now().getTime() };
  }

  #facts(epoch: number, text: string): LeaseFacts {
    const { holder, id, ttl, taken } = jsonRecord(JSON.parse(text) as Json);
    const who = `${typeof holder === 'string' ? holder : ''} ${typeof id === 'string' ? id : ''}`.trim();
    return {
      holder: isReleased(text) ? '' : who,
      ttl: typeof ttl === 'number' ? ttl : 0,
      epoch,
      taken: new Date(typeof taken === 'string' ? taken : 0),
      renewed: this.#clock.now(),
    };
  }
}

function epochsOf({ epoch }: Seen): readonly number[] {
  return epoch === undefined ? [] : [epoch];
}

function isFree({ text }: Seen): boolean {
  return text === undefined || isReleased(text);
}

function isReleased(text: string): boolean {
  return jsonRecord(JSON.parse(text) as Json)['released'] === true;
}
