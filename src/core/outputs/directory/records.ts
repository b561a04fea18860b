import type { Directory } from '../../../ports/directory.ts';
import { readShaped } from '../../history/read-shaped.ts';
import { storedText } from '../../history/read-stored.ts';
import type { State } from '../../history/state.ts';
import { type Shape, stateShape } from '../../history/stored-shape.ts';
import { memoryFolder } from './places.ts';

/** The snapshot that the folder of a revision was written from. */
export interface Pointer {
  readonly formatVersion: string;
  readonly snapshot: string;
  /** Digest of the files, `${DIR}` not filled in. */
  readonly compiled: string;
  readonly stage: string;
  /** History entry of the run. */
  readonly run: string;
  /** The value of `${DIR}`. */
  readonly seenAs: string;
  /** The version that proxies show and the digest of the written text, by path. */
  readonly files: Readonly<Record<string, { readonly version: string; readonly written: string }>>;
}

interface Material {
  readonly formatVersion: string;
  readonly certificates: State['certificates'];
}

const pointerShape = {
  snapshot: 'string',
  compiled: 'string',
  stage: 'string',
  run: 'string',
  seenAs: 'string',
  files: ['map', { version: 'string', written: 'string' }],
} as const satisfies Shape;

const materialShape = { certificates: stateShape.certificates } as const satisfies Shape;

const pointers = `${memoryFolder}/revisions`;
const materials = `${memoryFolder}/material`;

/**
 * Reads and writes a directory's records of its own folders: a pointer for each revision, and the facts of each
 * material.
 */
export class DirectoryRecords {
  private readonly directory: Directory;

  constructor(directory: Directory) {
    this.directory = directory;
  }

  readPointer(revision: string): Promise<Pointer | undefined> {
    return this.read<Pointer>(
      `${pointers}/${revision}.json`,
      pointerShape,
      'move it away, and it is made again from what is beside it',
    );
  }

  writePointer(revision: string, pointer: Pointer): Promise<void> {
    return this.write(`${pointers}/${revision}.json`, pointer);
  }

  removePointer(revision: string): Promise<void> {
    return this.directory.remove(`${pointers}/${revision}.json`);
  }

  /** Returns what is known about the certificates in a folder of material, by proxy. */
  async readMaterial(folder: string): Promise<State['certificates'] | undefined> {
    const wayOut = 'move it away, and the next run goes by state.json';
    return (await this.read<Material>(`${materials}/${folder}.json`, materialShape, wayOut))?.certificates;
  }

  /** Writes the facts about material; called before the material is written. */
  writeMaterial(folder: string, certificates: State['certificates']): Promise<void> {
    const material: Material = { formatVersion: '1.0', certificates };
    return this.write(`${materials}/${folder}.json`, material);
  }

  /** Removes the records of all but these; returns the digests of the snapshots that kept pointers name. */
  async keepOnly(revisions: ReadonlySet<string>, material: string | undefined): Promise<ReadonlySet<string>> {
    for (const { name } of await this.directory.entries(materials)) {
      if (name !== `${material ?? ''}.json`) await this.directory.remove(`${materials}/${name}`);
    }
    const used = new Set<string>();
    for (const { name } of await this.directory.entries(pointers)) {
      const revision = name.replace(/\.json$/, '');
      if (!revisions.has(revision)) await this.removePointer(revision);
      else used.add((await this.readPointer(revision))?.snapshot ?? '');
    }
    return used;
  }

  private async read<T extends { readonly formatVersion: string }>(
    file: string,
    shape: Shape,
    wayOut: string,
  ): Promise<T | undefined> {
    const text = await this.directory.read(file);
    return text === undefined ? undefined : (readShaped(file, text, shape, wayOut) as T);
  }

  private write(file: string, value: object): Promise<void> {
    return this.directory.replaceFile(file, storedText(value), { secret: true });
  }
}
