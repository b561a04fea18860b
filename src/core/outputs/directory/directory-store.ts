import type { Directory } from '../../../ports/directory.ts';
import type { BlobGroup, BlobName, RunStore } from '../../history/run-store.ts';
import { memoryFolder } from './places.ts';

/** The names of a group's files: `start`, the key and `end`. */
interface Shelf {
  readonly folder: string;
  readonly start: string;
  readonly end: string;
  readonly compressed: boolean;
}

const shelves: Readonly<Record<BlobGroup, Shelf>> = {
  journal: { folder: memoryFolder, start: 'journal.', end: '', compressed: false },
  history: { folder: `${memoryFolder}/history`, start: '', end: '.json', compressed: false },
  snapshots: { folder: `${memoryFolder}/snapshots`, start: '', end: '.json.gz', compressed: true },
  rollouts: { folder: `${memoryFolder}/rollouts`, start: '', end: '.json', compressed: false },
  evidence: { folder: `${memoryFolder}/evidence`, start: '', end: '.ndjson', compressed: false },
  guards: { folder: `${memoryFolder}/guards`, start: '', end: '.json', compressed: false },
};

const stateFile = `${memoryFolder}/state.json`;

/** Keeps the records of the engine in files of `.mesh/`, which only their owner may read. */
export class DirectoryStore implements RunStore {
  private readonly directory: Directory;

  constructor(directory: Directory) {
    this.directory = directory;
  }

  async list(group: BlobGroup): Promise<readonly string[]> {
    const { folder, start, end } = shelves[group];
    return (await this.directory.entries(folder)).flatMap(({ name }) =>
      name.startsWith(start) && name.endsWith(end)
        ? [name.slice(start.length, name.length - end.length)]
        : [],
    );
  }

  read(name: BlobName): Promise<string | undefined> {
    return this.directory.read(this.place(name), { compressed: isCompressed(name) });
  }

  create(name: BlobName, text: string): Promise<boolean> {
    return this.directory.createFile(this.place(name), text, { secret: true });
  }

  replace(name: BlobName, text: string): Promise<void> {
    const keeping = { secret: true, compressed: isCompressed(name) };
    return this.directory.replaceFile(this.place(name), text, keeping);
  }

  append(name: BlobName, text: string): Promise<void> {
    return this.directory.appendFile(this.place(name), text);
  }

  remove(name: BlobName): Promise<void> {
    return this.directory.remove(this.place(name));
  }

  async setAside(name: BlobName): Promise<string> {
    const file = this.place(name);
    const aside = `${file}.damaged`;
    await this.directory.move(file, aside);
    return aside;
  }

  place(name: BlobName): string {
    if (name === 'state') return stateFile;
    const { folder, start, end } = shelves[groupOf(name)];
    return `${folder}/${start}${name.slice(name.indexOf('/') + 1)}${end}`;
  }

  wayOut(name: BlobName): string | undefined {
    if (name === 'state')
      return `move it away, and --adopt ${memoryFolder} rebuilds it from the files beside it`;
    return groupOf(name) === 'snapshots' ? 'move it away: what it holds is lost' : undefined;
  }
}

function isCompressed(name: BlobName): boolean {
  return name !== 'state' && shelves[groupOf(name)].compressed;
}

function groupOf(name: Exclude<BlobName, 'state'>): BlobGroup {
  return name.slice(0, name.indexOf('/')) as BlobGroup;
}
