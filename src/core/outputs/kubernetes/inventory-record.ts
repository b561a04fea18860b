import type { ClusterPlace } from './cluster-place.ts';
import { type KeptInventory, readInventory, writeInventory } from './inventory-parent.ts';

/** A cache of a cluster's inventory. A write names the cached version, so that a stale cache overwrites nothing. */
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

  /** Makes the next read ask the server. */
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
