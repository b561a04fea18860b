import type { LiveObject } from '../../../ports/cluster.ts';
import { isSameJson } from '../../lib/is-same-json.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { memberLabel } from './apply-set.ts';
import { type Inventory, isMember } from './inventory.ts';
import { ownedPart } from './owned-fields.ts';

/** The writer: field manager and ApplySet of an inventory, with its members. */
export interface Ownership {
  readonly manager: string;
  readonly set: string;
  readonly members: Inventory;
}

/** A wanted object with its ref in plans. */
export interface WantedObject {
  readonly ref: string;
  readonly manifest: Json;
}

/** The result of comparing an object in the cluster with the wanted one. */
export type Comparison =
  | 'absent'
  /** All fields that we own have the wanted values, so there is nothing to ask and nothing to write. */
  | 'same'
  /** Only the server's dry run tells the change. */
  | 'differs'
  /** The object exists, and this inventory did not write it. */
  | 'foreign'
  /** The object is being deleted and waits for its finalizers, so no write would last. */
  | 'terminating';

/** Returns the manifest with the label that makes it a member of the set. */
export function asMember(manifest: Json, set: string): Json {
  const { metadata, ...rest } = jsonRecord(manifest);
  const fields = jsonRecord(metadata);
  return {
    ...rest,
    metadata: { ...fields, labels: { ...jsonRecord(fields['labels']), [memberLabel]: set } },
  };
}

/** Compares an object from a list with the wanted one, without a dry run. */
export function compareObject(
  { ref, manifest }: WantedObject,
  live: LiveObject | undefined,
  { manager, set, members }: Ownership,
): Comparison {
  if (live === undefined) return 'absent';
  if (!isMember(live, members.get(ref), { set, manager })) return 'foreign';
  if (live.metadata.deletionTimestamp !== undefined) return 'terminating';
  const owned = ownedPart(live, manager);
  return owned !== undefined && isSameJson(owned, manifest) ? 'same' : 'differs';
}
