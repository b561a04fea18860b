import type { Clock } from '../../../ports/clock.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import type { LockPlace } from '../../lock/lock-place.ts';
import type { LeaseFacts, LeaseRecord } from './lease-record.ts';

/** Keeps the lock of an inventory in one Lease, whose epoch each taking raises. */
export class KubernetesLock implements LockPlace {
  readonly #lease: LeaseRecord;
  readonly #clock: Clock;
  readonly #name: string;
  #version: string | undefined;

  constructor(lease: LeaseRecord, clock: Clock, name: string) {
    this.#lease = lease;
    this.#clock = clock;
    this.#name = name;
  }

  async epochs(): Promise<readonly number[]> {
    const kept = await this.#lease.read();
    return kept === undefined ? [] : [kept.epoch];
  }

  async read(epoch: number): Promise<string | undefined> {
    const kept = await this.#lease.read();
    return kept?.epoch === epoch ? kept.text : undefined;
  }

  async create(epoch: number, text: string): Promise<boolean> {
    const kept = await this.#lease.read();
    if (kept !== undefined && kept.epoch >= epoch) return false;
    if (kept === undefined) await this.#lease.ensureNamespace();
    this.#version = await this.#lease.write(text, this.#facts(epoch, text), kept?.version);
    return this.#version !== undefined;
  }

  async replace(epoch: number, text: string): Promise<void> {
    const version = await this.#lease.write(text, this.#facts(epoch, text), this.#version);
    if (version === undefined)
      throw new PortError(`${this.place()} was taken over by another run`, exit.locked);
    this.#version = version;
  }

  /** One record is all there is. */
  removeBefore(): Promise<void> {
    return Promise.resolve();
  }

  place(): string {
    return `the Lease ${this.#name}`;
  }

  #facts(epoch: number, text: string): LeaseFacts {
    const { holder, id, ttl, taken, released } = jsonRecord(JSON.parse(text) as Json);
    const who = `${typeof holder === 'string' ? holder : ''} ${typeof id === 'string' ? id : ''}`.trim();
    return {
      holder: released === true ? '' : who,
      ttl: typeof ttl === 'number' ? ttl : 0,
      epoch,
      taken: new Date(typeof taken === 'string' ? taken : 0),
      renewed: this.#clock.now(),
    };
  }
}
