import { sha256 } from '../lib/sha256.ts';
import type { Revision } from '../revision/revision.ts';
import { DamagedFile } from './damaged-file.ts';
import type { HistoryEntry } from './entry.ts';
import { readShaped } from './read-shaped.ts';
import { readStored, storedText } from './read-stored.ts';
import type { BlobName, RunStore } from './run-store.ts';
import { encodeSnapshot, type Snapshot } from './snapshot.ts';
import type { State } from './state.ts';
import { entryShape, type Shape, stateShape } from './stored-shape.ts';
import { upgradeSnapshot } from './upgrade-snapshot.ts';

/** Reads and writes the records of an output except the journal: the state, snapshots of revisions, and the history. */
export class Ledger {
  private readonly store: RunStore;

  constructor(store: RunStore) {
    this.store = store;
  }

  readState(): Promise<State | undefined> {
    return this.stored<State>('state', stateShape);
  }

  writeState(state: State): Promise<void> {
    return this.store.replace('state', storedText(state));
  }

  /**
   * Returns a snapshot in the current format, whichever `mesh` wrote it. Throws `DamagedFile` if the text doesn't have
   * the digest, and PortError(1) if a newer `mesh` wrote it.
   */
  async readSnapshot(digest: string): Promise<Snapshot | undefined> {
    const name = snapshotName(digest);
    const text = await this.store.read(name);
    if (text === undefined) return undefined;
    const place = this.store.place(name);
    if (sha256(text) !== digest)
      throw new DamagedFile(place, 'its content is not what its name says', this.store.wayOut(name));
    return upgradeSnapshot(place, readStored(place, text));
  }

  /** Returns the digests of all snapshots. */
  snapshots(): Promise<readonly string[]> {
    return this.store.list('snapshots');
  }

  /** Writes a snapshot unless it exists already; returns the digest that names it. */
  async writeSnapshot(revision: Revision, sources?: Snapshot['sources']): Promise<string> {
    const { text, digest } = encodeSnapshot(revision, sources);
    const there = await this.snapshots();
    if (!there.includes(digest)) await this.store.replace(snapshotName(digest), text);
    return digest;
  }

  /** Returns the entries, oldest first, without damaged ones. Sorts by epoch, since clocks may have been set back. */
  async entries(): Promise<readonly HistoryEntry[]> {
    return (await this.history()).entries;
  }

  /** Returns the places of damaged entries, for people. */
  async damagedEntries(): Promise<readonly string[]> {
    return (await this.history()).damaged.map((name) => this.store.place(name));
  }

  /** Moves damaged entries out of the history, so that runs can go on; returns the old and the new place of each. */
  async setAsideDamaged(): Promise<readonly { readonly place: string; readonly aside: string }[]> {
    const moved: { readonly place: string; readonly aside: string }[] = [];
    for (const name of (await this.history()).damaged)
      moved.push({ place: this.store.place(name), aside: await this.store.setAside(name) });
    return moved;
  }

  writeEntry(entry: HistoryEntry): Promise<void> {
    return this.store.replace(entryName(entry.id), storedText(entry));
  }

  /** Removes entries, and every snapshot that neither an entry nor the output (`used`) names. */
  async forget(entries: readonly string[], used: ReadonlySet<string>): Promise<void> {
    for (const id of entries) await this.store.remove(entryName(id));
    const named = new Set((await this.entries()).map(({ snapshot }) => snapshot));
    for (const digest of await this.snapshots())
      if (!named.has(digest) && !used.has(digest)) await this.store.remove(snapshotName(digest));
  }

  private async history(): Promise<{
    readonly entries: readonly HistoryEntry[];
    readonly damaged: readonly BlobName[];
  }> {
    const damaged: BlobName[] = [];
    const found = await Promise.all(
      (await this.store.list('history')).map(async (id) => {
        const name = entryName(id);
        try {
          return await this.stored<HistoryEntry>(name, entryShape);
        } catch (error) {
          if (!(error instanceof DamagedFile)) throw error;
          damaged.push(name);
          return undefined;
        }
      }),
    );
    const entries = found.filter((entry) => entry !== undefined).sort(byEpoch);
    return { entries, damaged: damaged.sort() };
  }

  private async stored<T extends { readonly formatVersion: string }>(
    name: BlobName,
    shape: Shape,
  ): Promise<T | undefined> {
    const text = await this.store.read(name);
    if (text === undefined) return undefined;
    return readShaped(this.store.place(name), text, shape, this.store.wayOut(name)) as T;
  }
}

/** Entries before 1.2 have no epoch and are older than all others; ids sort by time. */
function byEpoch(a: HistoryEntry, b: HistoryEntry): number {
  return (a.epoch ?? 0) - (b.epoch ?? 0) || (a.id < b.id ? -1 : 1);
}

function entryName(id: string): BlobName {
  return `history/${id}`;
}

function snapshotName(digest: string): BlobName {
  return `snapshots/${digest}`;
}
