import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import { DamagedFile } from '../../history/damaged-file.ts';
import type { BlobGroup, BlobName, RunStore } from '../../history/run-store.ts';
import { type StateSecrets, wayOutOf } from './state-secrets.ts';

/**
 * Keeps the records of the engine in Secrets. Every replacement names the version that this store read or wrote last,
 * so that two runs never overwrite each other.
 */
export class KubernetesStore implements RunStore {
  readonly dearAbove = 128 * 1024;
  readonly #secrets: StateSecrets;
  readonly #versions = new Map<BlobName, string>();

  constructor(secrets: StateSecrets) {
    this.#secrets = secrets;
  }

  async list(group: BlobGroup): Promise<readonly string[]> {
    return (await this.#secrets.names(`${group}/`)).map((name) => name.slice(group.length + 1));
  }

  async read(name: BlobName): Promise<string | undefined> {
    const kept = await this.#secrets.read(name);
    if (kept === undefined) this.#versions.delete(name);
    else this.#versions.set(name, kept.version);
    return kept?.text;
  }

  refresh(name: BlobName): Promise<void> {
    return this.#secrets.refresh(name);
  }

  async create(name: BlobName, text: string): Promise<boolean> {
    const version = await this.#secrets.write(name, text, undefined);
    if (version !== undefined) this.#versions.set(name, version);
    return version !== undefined;
  }

  async replace(name: BlobName, text: string): Promise<void> {
    if (!this.#versions.has(name)) await this.read(name);
    const version = await this.#secrets.write(name, text, this.#versions.get(name));
    if (version === undefined)
      throw new PortError(`${this.place(name)} was written by another run: the lock was lost`, exit.locked);
    this.#versions.set(name, version);
  }

  async append(name: BlobName, text: string): Promise<void> {
    const before = await this.read(name);
    if (before === undefined) throw new PortError(`${this.place(name)} is gone`, exit.failed);
    await this.replace(name, `${before}${text}`);
  }

  async remove(name: BlobName): Promise<void> {
    await this.#secrets.remove(name);
    this.#versions.delete(name);
  }

  async setAside(name: BlobName): Promise<string> {
    // Of a Secret whose content is no text any more, nothing can be kept.
    const text = await this.read(name).catch((error: unknown) => {
      if (!(error instanceof DamagedFile)) throw error;
      return undefined;
    });
    const aside = `damaged/${name}`;
    await this.#secrets.remove(aside);
    if (text !== undefined) await this.#secrets.write(aside, text, undefined);
    await this.remove(name);
    return this.#secrets.place(aside);
  }

  place(name: BlobName): string {
    return this.#secrets.place(name);
  }

  wayOut(name: BlobName): string | undefined {
    return wayOutOf(name);
  }
}
