import type { ClusterPlace } from './cluster-place.ts';
import { type KeptInventory, readInventory, writeInventory } from './inventory-parent.ts';

/**
 * The inventory of a cluster as it was read or written last. A write names the version that it replaces, so that a stale
 * record overwrites nothing.
 */
export class InventoryRecord {
  readonly #place: ClusterPlace;
  #kept: Promise<KeptInventory | undefined> | undefined;

  constructor(place: ClusterPlace) {
    this.#place = place;
  }

  /** Returns the inventory; undefined if there is none. Throws PortError(7) if it isn't ours. */
  read(): Promise<KeptInventory | undefined> {
    const { cluster } = this.#place;
    this.#kept ??= readInventory(cluster, this.#place).catch((error: unknown) => {
      this.#kept = undefined;
      throw error;
    });
    return this.#kept;
  }

  /** Asks the server at the next read. */
  forget(): void {
    this.#kept = undefined;
  }

  /** Writes the inventory over the version `before`; returns false, and changes nothing, if another run has written it. */
  async write(
    content: Pick<KeptInventory, 'members' | 'mark'>,
    before: string | undefined,
  ): Promise<boolean> {
    this.forget();
    const version = await writeInventory(this.#place.cluster, this.#place, content, before);
    if (version === undefined) return false;
    this.#kept = Promise.resolve({ ...content, version });
    return true;
  }
}
