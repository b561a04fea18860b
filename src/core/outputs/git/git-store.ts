import type { Compression } from '../../../ports/compression.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { BlobGroup, BlobName, RunStore } from '../../history/run-store.ts';
import { wayOut } from './git-landing.ts';
import type { GitSession } from './git-session.ts';
import { memoryFolder } from './places.ts';

/** The names of a group's files: `start`, the key and `end`. */
const shelves: Readonly<Record<BlobGroup, { readonly start: string; readonly end: string }>> = {
  journal: { start: `${memoryFolder}/journal.`, end: '' },
  history: { start: `${memoryFolder}/history/`, end: '.json' },
  // Gzip in base64 is a text, which Git's programs never convert.
  snapshots: { start: `${memoryFolder}/snapshots/`, end: '.json.gz.b64' },
  rollouts: { start: `${memoryFolder}/rollouts/`, end: '.json' },
  evidence: { start: `${memoryFolder}/evidence/`, end: '.ndjson' },
  guards: { start: `${memoryFolder}/guards/`, end: '.json' },
};

/** The most bytes of a snapshot. */
const largest = 1024 * 1024 * 1024;

/** Keeps the records of the engine in files of the deployment repository, which the next commit includes. */
export class GitStore implements RunStore {
  readonly #session: GitSession;
  readonly #compression: Compression;
  readonly #permitted: () => Promise<unknown>;

  /** Each write first awaits `permitted`. */
  constructor(session: GitSession, compression: Compression, permitted: () => Promise<unknown>) {
    this.#session = session;
    this.#compression = compression;
    this.#permitted = permitted;
  }

  async list(group: BlobGroup): Promise<readonly string[]> {
    const { start, end } = shelves[group];
    return (await this.#session.memory()).flatMap((path) =>
      path.startsWith(start) && path.endsWith(end)
        ? [path.slice(start.length, path.length - end.length)]
        : [],
    );
  }

  async read(name: BlobName): Promise<string | undefined> {
    const text = await this.#session.text(fileOf(name));
    if (text === undefined || groupOf(name) !== 'snapshots') return text;
    try {
      return this.#compression.unpack(text, largest);
    } catch {
      // The reader compares the digest, and names the place.
      return '';
    }
  }

  async create(name: BlobName, text: string): Promise<boolean> {
    await this.#permitted();
    if ((await this.#session.text(fileOf(name))) !== undefined) return false;
    this.#write(name, text);
    return true;
  }

  async replace(name: BlobName, text: string): Promise<void> {
    await this.#permitted();
    this.#write(name, text);
  }

  async append(name: BlobName, text: string): Promise<void> {
    await this.#permitted();
    const before = await this.read(name);
    if (before === undefined) throw new PortError(`${this.place(name)} is gone`, exit.failed);
    this.#write(name, `${before}${text}`);
  }

  async remove(name: BlobName): Promise<void> {
    await this.#permitted();
    this.#session.collect(fileOf(name), undefined);
  }

  async setAside(name: BlobName): Promise<string> {
    await this.#permitted();
    const file = fileOf(name);
    this.#session.collect(`${file}.damaged`, await this.#session.text(file));
    this.#session.collect(file, undefined);
    return this.#session.nameOf(`${file}.damaged`);
  }

  place(name: BlobName): string {
    return this.#session.nameOf(fileOf(name));
  }

  wayOut(): string {
    return wayOut;
  }

  #write(name: BlobName, text: string): void {
    this.#session.collect(fileOf(name), groupOf(name) === 'snapshots' ? this.#compression.pack(text) : text);
  }
}

function fileOf(name: BlobName): string {
  const group = groupOf(name);
  if (group === undefined) return `${memoryFolder}/state.json`;
  const { start, end } = shelves[group];
  return `${start}${name.slice(group.length + 1)}${end}`;
}

function groupOf(name: BlobName): BlobGroup | undefined {
  return name === 'state' ? undefined : (name.slice(0, name.indexOf('/')) as BlobGroup);
}
