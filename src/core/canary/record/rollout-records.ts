import { readShaped } from '../../history/read-shaped.ts';
import { storedText } from '../../history/read-stored.ts';
import type { BlobName, RunStore } from '../../history/run-store.ts';
import { rolloutShape } from '../../history/stored-shape.ts';
import type { RolloutRecord } from './rollout-record.ts';

/**
 * Reads and writes the records of Rollouts in an output. Throws `DamagedFile` for a damaged record, and PortError(1)
 * for a record of a newer `mesh`.
 */
export class RolloutRecords {
  private readonly store: RunStore;

  constructor(store: RunStore) {
    this.store = store;
  }

  /** Returns all records, sorted by the Rollout's name. */
  async all(): Promise<readonly RolloutRecord[]> {
    const records: RolloutRecord[] = [];
    for (const key of [...(await this.store.list('rollouts'))].sort()) {
      const record = await this.readAt(`rollouts/${key}`);
      if (record !== undefined) records.push(record);
    }
    return records;
  }

  /** Returns the record of a Rollout, by `namespace/name`; undefined if it has none. */
  read(rollout: string): Promise<RolloutRecord | undefined> {
    return this.readAt(nameOf(rollout));
  }

  /** Returns the record of a Rollout as it is at this moment: others may have changed it since the last read. */
  async readNow(rollout: string): Promise<RolloutRecord | undefined> {
    await this.store.refresh?.(nameOf(rollout));
    return this.read(rollout);
  }

  write(record: RolloutRecord): Promise<void> {
    return this.store.replace(nameOf(record.rollout), storedText(record));
  }

  remove(rollout: string): Promise<void> {
    return this.store.remove(nameOf(rollout));
  }

  private async readAt(name: BlobName): Promise<RolloutRecord | undefined> {
    const text = await this.store.read(name);
    if (text === undefined) return undefined;
    const wayOut = this.store.wayOut(name);
    return readShaped(this.store.place(name), text, rolloutShape, wayOut) as RolloutRecord;
  }
}

/** Returns the name of a record's blob; namespaces and names have no dots. */
function nameOf(rollout: string): BlobName {
  return `rollouts/${rollout.replace('/', '.')}`;
}
