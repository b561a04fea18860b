import type { Directory } from '../../ports.ts';
import type { Revision } from '../plan/revision.ts';
import type { HistoryEntry } from './entry.ts';
import { readStored } from './read-stored.ts';
import { encodeSnapshot, type Snapshot } from './snapshot.ts';
import type { State } from './state.ts';

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
    return this.stored<State>('.mesh/state.json');
  }

  writeState(state: State): Promise<void> {
    return this.write('.mesh/state.json', state);
  }

  readPointer(revision: string): Promise<Pointer | undefined> {
    return this.stored<Pointer>(`.mesh/revisions/${revision}.json`);
  }

  writePointer(revision: string, pointer: Pointer): Promise<void> {
    return this.write(`.mesh/revisions/${revision}.json`, pointer);
  }

  removePointer(revision: string): Promise<void> {
    return this.directory.remove(`.mesh/revisions/${revision}.json`);
  }

  /** What is known about the certificates in a folder of material, by proxy; written before it is. */
  async readMaterial(folder: string): Promise<State['certificates'] | undefined> {
    return (await this.stored<Material>(`.mesh/material/${folder}.json`))?.certificates;
  }

  writeMaterial(folder: string, certificates: State['certificates']): Promise<void> {
    const material: Material = { formatVersion: '1.0', certificates };
    return this.write(`.mesh/material/${folder}.json`, material);
  }

  async readSnapshot(digest: string): Promise<Snapshot | undefined> {
    const file = snapshotFile(digest);
    const text = await this.directory.read(file, { compressed: true });
    return text === undefined ? undefined : (readStored(file, text) as Snapshot);
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

  /** Oldest first: ids sort by time. */
  async entries(): Promise<readonly HistoryEntry[]> {
    const files = (await this.directory.entries('.mesh/history')).filter(({ name }) =>
      name.endsWith('.json'),
    );
    const entries = await Promise.all(
      files.map(({ name }) => this.stored<HistoryEntry>(`.mesh/history/${name}`)),
    );
    return entries.filter((entry) => entry !== undefined);
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

  private async stored<T extends { readonly formatVersion: string }>(file: string): Promise<T | undefined> {
    const text = await this.directory.read(file);
    return text === undefined ? undefined : (readStored(file, text) as T);
  }

  private write(file: string, value: unknown): Promise<void> {
    return this.directory.replaceFile(file, `${JSON.stringify(value, undefined, 2)}\n`, { secret: true });
  }
}

function snapshotFile(digest: string): string {
  return `.mesh/snapshots/${digest}.json.gz`;
}
