import { isSameJson } from '../../lib/is-same-json.ts';
import type { Json } from '../../lib/json.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { type KeptInventory, readInventory, writeInventory } from './inventory-parent.ts';

interface Cache {
  kept?: Promise<KeptInventory | undefined>;
}

/** A cache of a cluster's inventory. A write names the cached version, so that a stale cache overwrites nothing. */
export class InventoryRecord {
  readonly #place: ClusterPlace;
  readonly #cache: Cache;

  /** `cache` belongs to another record of the same inventory; if absent, the record begins with an empty cache. */
  constructor(place: ClusterPlace, cache: Cache = {}) {
    this.#place = place;
    this.#cache = cache;
  }

  /** Returns the same inventory with the same cache, written through another client of the same cluster. */
  writtenBy(place: ClusterPlace): InventoryRecord {
    return new InventoryRecord(place, this.#cache);
  }

  /** Returns the inventory; undefined if there is none. Throws PortError(7) if it isn't ours. */
  read(): Promise<KeptInventory | undefined> {
    const { cluster } = this.#place;
    this.#cache.kept ??= readInventory(cluster, this.#place).catch((error: unknown) => {
      this.forget();
      throw error;
    });
    return this.#cache.kept;
  }

  /** Makes the next read ask the server. */
  forget(): void {
    delete this.#cache.kept;
  }

  /** Replaces the inventory of the version `before`. Returns false and writes nothing if another run has replaced it. */
  async write(
    content: Pick<KeptInventory, 'members' | 'mark'>,
    before: string | undefined,
  ): Promise<boolean> {
    const known = await this.#cache.kept;
    this.forget();
    const { cluster } = this.#place;
    let version = await writeInventory(cluster, this.#place, content, before);
    for (let attempt = 0; version === undefined && attempt < attempts; attempt += 1) {
      // Somebody else has changed the metadata alone, such as a tool for backups.
      const now = known?.version === before ? await readInventory(cluster, this.#place) : undefined;
      if (now === undefined || known === undefined || !isSame(now, known)) return false;
      version = await writeInventory(cluster, this.#place, content, now.version);
    }
    if (version === undefined) return false;
    this.#cache.kept = Promise.resolve({ ...content, version });
    return true;
  }
}

/** Further attempts to write an inventory whose metadata somebody keeps changing. */
const attempts = 3;

function isSame(one: KeptInventory, other: KeptInventory): boolean {
  return one.mark === other.mark && isSameJson(listOf(one), listOf(other));
}

function listOf({ members }: KeptInventory): Json {
  return [...members.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1)) as unknown as Json;
}
