import type { Directory } from '../../ports/directory.ts';
import { sha256 } from '../lib/sha256.ts';
import type { Revision } from '../revision/revision.ts';
import { DamagedFile } from './damaged-file.ts';
import type { HistoryEntry } from './entry.ts';
import { readSealed, readStored, storedText } from './read-stored.ts';
import { encodeSnapshot, type Snapshot } from './snapshot.ts';
import type { State } from './state.ts';
import { entryShape, materialShape, misfit, pointerShape, type Shape, stateShape } from './stored-shape.ts';
import { upgradeSnapshot } from './upgrade-snapshot.ts';

/** Which snapshot a folder below `revisions/` was written from. */
export interface Pointer {
  readonly formatVersion: string;
  readonly snapshot: string;
  /** Digest of the files, `${DIR}` not filled in. */
  readonly compiled: string;
  readonly stage: string;
  /** History entry of the run. */
  readonly run: string;
  /** What `${DIR}` was. */
  readonly seenAs: string;
  /** By path: the version that proxies show, and the digest of the text as written. */
  readonly files: Readonly<Record<string, { readonly version: string; readonly written: string }>>;
}

interface Material {
  readonly formatVersion: string;
  readonly certificates: State['certificates'];
}

/** What an output directory remembers, in `.mesh/`: every file is exchanged whole, and only for its owner to read. */
export class Ledger {
  private readonly directory: Directory;

  constructor(directory: Directory) {
    this.directory = directory;
  }

  readState(): Promise<State | undefined> {
    return this.stored<State>(
      '.mesh/state.json',
      stateShape,
      'move it away, and --adopt .mesh goes by what is beside it',
    );
  }

  writeState(state: State): Promise<void> {
    return this.write('.mesh/state.json', state);
  }

  readPointer(revision: string): Promise<Pointer | undefined> {
    return this.stored<Pointer>(
      `.mesh/revisions/${revision}.json`,
      pointerShape,
      'move it away, and it is made again from what is beside it',
    );
  }

  writePointer(revision: string, pointer: Pointer): Promise<void> {
    return this.write(`.mesh/revisions/${revision}.json`, pointer);
  }

  removePointer(revision: string): Promise<void> {
    return this.directory.remove(`.mesh/revisions/${revision}.json`);
  }

  /** What is known about the certificates in a folder of material, by proxy; written before it is. */
  async readMaterial(folder: string): Promise<State['certificates'] | undefined> {
    return (
      await this.stored<Material>(
        `.mesh/material/${folder}.json`,
        materialShape,
        'move it away, and the next run goes by state.json',
      )
    )?.certificates;
  }

  writeMaterial(folder: string, certificates: State['certificates']): Promise<void> {
    const material: Material = { formatVersion: '1.0', certificates };
    return this.write(`.mesh/material/${folder}.json`, material);
  }

  /**
   * Returns a snapshot in the shape of today, whichever `mesh` wrote it. Throws `DamagedFile` if the text is not the one
   * that the digest was made of, and PortError(1) if a newer `mesh` wrote it.
   */
  async readSnapshot(digest: string): Promise<Snapshot | undefined> {
    const file = snapshotFile(digest);
    const text = await this.directory.read(file, { compressed: true });
    if (text === undefined) return undefined;
    if (sha256(text) !== digest)
      throw new DamagedFile(
        file,
        'its content is not what its name says',
        'move it away: what it holds is lost',
      );
    return upgradeSnapshot(file, readStored(file, text));
  }

  /** Digests of all snapshots. */
  async snapshots(): Promise<readonly string[]> {
    return (await this.directory.entries('.mesh/snapshots')).flatMap(({ name }) =>
      name.endsWith(snapshotEnding) ? [name.slice(0, -snapshotEnding.length)] : [],
    );
  }

  /** Answers the digest that names it; one that is there already isn't written again. */
  async writeSnapshot(revision: Revision, sources?: Snapshot['sources']): Promise<string> {
    const { text, digest } = encodeSnapshot(revision, sources);
    const there = await this.directory.entries('.mesh/snapshots');
    if (!there.some(({ name }) => name === `${digest}.json.gz`)) {
      await this.directory.replaceFile(snapshotFile(digest), text, { secret: true, compressed: true });
    }
    return digest;
  }

  /** Oldest first, by epoch: clocks may have gone back. Damaged entries are left out. */
  async entries(): Promise<readonly HistoryEntry[]> {
    return (await this.history()).entries;
  }

  /** Paths of the entries that are not as they were written. */
  async damagedEntries(): Promise<readonly string[]> {
    return (await this.history()).damaged;
  }

  /** Moves a damaged entry out of the way, beside its place; answers where it is. */
  async setAside(file: string): Promise<string> {
    const aside = `${file}.damaged`;
    await this.directory.move(file, aside);
    return aside;
  }

  writeEntry(entry: HistoryEntry): Promise<void> {
    return this.write(`.mesh/history/${entry.id}.json`, entry);
  }

  /** Removes entries, and every snapshot, pointer and note on material that nothing kept names. */
  async forget(
    entries: readonly string[],
    keptRevisions: ReadonlySet<string>,
    material: string | undefined,
  ): Promise<void> {
    for (const { name } of await this.directory.entries('.mesh/material')) {
      if (name !== `${material ?? ''}.json`) await this.directory.remove(`.mesh/material/${name}`);
    }
    for (const id of entries) await this.directory.remove(`.mesh/history/${id}.json`);
    const used = new Set((await this.entries()).map(({ snapshot }) => snapshot));
    for (const { name } of await this.directory.entries('.mesh/revisions')) {
      const revision = name.replace(/\.json$/, '');
      if (!keptRevisions.has(revision)) await this.removePointer(revision);
      else used.add((await this.readPointer(revision))?.snapshot ?? '');
    }
    for (const { name } of await this.directory.entries('.mesh/snapshots')) {
      if (!used.has(name.replace(/\.json\.gz$/, ''))) await this.directory.remove(`.mesh/snapshots/${name}`);
    }
  }

  private async history(): Promise<{
    readonly entries: readonly HistoryEntry[];
    readonly damaged: readonly string[];
  }> {
    const files = (await this.directory.entries('.mesh/history')).filter(({ name }) =>
      name.endsWith('.json'),
    );
    const damaged: string[] = [];
    const found = await Promise.all(
      files.map(async ({ name }) => {
        try {
          return await this.stored<HistoryEntry>(`.mesh/history/${name}`, entryShape);
        } catch (error) {
          if (!(error instanceof DamagedFile)) throw error;
          damaged.push(error.file);
          return undefined;
        }
      }),
    );
    const entries = found.filter((entry) => entry !== undefined).sort(byEpoch);
    return { entries, damaged: damaged.sort() };
  }

  private async stored<T extends { readonly formatVersion: string }>(
    file: string,
    shape: Shape,
    wayOut?: string,
  ): Promise<T | undefined> {
    const text = await this.directory.read(file);
    if (text === undefined) return undefined;
    const value = readSealed(file, text, wayOut);
    const wrong = misfit(value, shape);
    if (wrong !== undefined) throw new DamagedFile(file, `${wrong} is missing or of another type`, wayOut);
    return value as T;
  }

  private write(file: string, value: object): Promise<void> {
    return this.directory.replaceFile(file, storedText(value), { secret: true });
  }
}

/** Entries before 1.2 have no epoch and are older than all others; ids sort by time. */
function byEpoch(a: HistoryEntry, b: HistoryEntry): number {
  return (a.epoch ?? 0) - (b.epoch ?? 0) || (a.id < b.id ? -1 : 1);
}

const snapshotEnding = '.json.gz';

function snapshotFile(digest: string): string {
  return `.mesh/snapshots/${digest}${snapshotEnding}`;
}
