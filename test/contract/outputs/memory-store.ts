/* eslint-disable @typescript-eslint/require-await -- The interface waits for disks and servers; memory does not. */
import type { BlobGroup, BlobName, RunStore } from '../../../src/core/history/run-store.ts';
import type { LockPlace } from '../../../src/core/lock/lock-place.ts';
import type { Meter } from './meter.ts';

/** Blobs in memory. */
export class MemoryStore implements RunStore {
  private readonly blobs: Map<string, string>;
  private readonly meter: Meter;
  private readonly permitted: () => Promise<unknown>;

  constructor(meter: Meter, blobs: Map<string, string>, permitted: () => Promise<unknown>) {
    this.meter = meter;
    this.blobs = blobs;
    this.permitted = permitted;
  }

  async list(group: BlobGroup): Promise<readonly string[]> {
    const start = `${group}/`;
    return [...this.blobs.keys()]
      .flatMap((name) => (name.startsWith(start) ? [name.slice(start.length)] : []))
      .sort();
  }

  async read(name: BlobName): Promise<string | undefined> {
    return this.blobs.get(name);
  }

  async create(name: BlobName, text: string): Promise<boolean> {
    await this.permitted();
    if (this.blobs.has(name)) return false;
    this.meter.write(() => this.blobs.set(name, text));
    return true;
  }

  async replace(name: BlobName, text: string): Promise<void> {
    await this.permitted();
    this.meter.write(() => this.blobs.set(name, text));
  }

  async append(name: BlobName, text: string): Promise<void> {
    await this.permitted();
    const before = this.blobs.get(name) ?? '';
    this.meter.write(
      () => this.blobs.set(name, before + text),
      () => this.blobs.set(name, before + text.slice(0, text.length / 2)),
    );
  }

  async remove(name: BlobName): Promise<void> {
    await this.permitted();
    this.meter.write(() => this.blobs.delete(name));
  }

  async setAside(name: BlobName): Promise<string> {
    const text = this.blobs.get(name) ?? '';
    this.meter.write(() => {
      this.blobs.delete(name);
      this.blobs.set(`aside/${name}`, text);
    });
    return `aside/${name}`;
  }

  place(name: BlobName): string {
    return name;
  }

  wayOut(): undefined {
    return undefined;
  }
}

/** A lock in memory. */
export class MemoryLock implements LockPlace {
  private readonly records = new Map<number, string>();

  async epochs(): Promise<readonly number[]> {
    return [...this.records.keys()].sort((a, b) => a - b);
  }

  async read(epoch: number): Promise<string | undefined> {
    return this.records.get(epoch);
  }

  async create(epoch: number, text: string): Promise<boolean> {
    if (this.records.has(epoch)) return false;
    this.records.set(epoch, text);
    return true;
  }

  async replace(epoch: number, text: string): Promise<void> {
    this.records.set(epoch, text);
  }

  async removeBefore(epoch: number): Promise<void> {
    for (const other of [...this.records.keys()]) if (other < epoch) this.records.delete(other);
  }

  place(epoch: number): string {
    return `lock ${epoch}`;
  }
}
