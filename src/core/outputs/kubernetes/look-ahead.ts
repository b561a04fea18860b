import type { ClusterPlace } from './cluster-place.ts';
import { setOf } from './inventory-parent.ts';
import type { InventoryRecord } from './inventory-record.ts';
import { kindKey, type ObservedObjects, observeObjects } from './observe-objects.ts';
import type { StateSecrets } from './state-secrets.ts';

/** Lists the members of an inventory while the caller compiles the spec. */
export class LookAhead {
  #members: Promise<ObservedObjects | undefined> | undefined;

  /** Sends the requests for the records and the members; resolves before the members have arrived. */
  async begin(
    place: ClusterPlace,
    { secrets, inventory }: { readonly secrets: StateSecrets; readonly inventory: InventoryRecord },
  ): Promise<void> {
    const records = secrets.names('');
    await Promise.all([records, inventory.read()]);
    const members = [...((await inventory.read())?.members.values() ?? [])];
    if (members.length === 0) return;
    const kinds = new Map(members.map((one) => [kindKey(one), one]));
    await Promise.all([...kinds.values()].map((one) => place.cluster.served(one.apiVersion, one.kind)));
    this.#members = observeObjects(place.cluster, setOf(place), members);
    // `taken` rejects; a command that ends before it calls `taken` has an error of its own.
    this.#members.catch(() => undefined);
  }

  /** Returns the members, once; undefined if no look was begun, or if there is no inventory. */
  async taken(): Promise<ObservedObjects | undefined> {
    const members = this.#members;
    this.forget();
    return members;
  }

  forget(): void {
    this.#members = undefined;
  }
}
