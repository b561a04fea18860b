import type { LiveObject } from '../../../ports/cluster.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
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

/** An object as it is to be, with its ref in plans. */
export interface WantedObject {
  readonly ref: string;
  readonly manifest: Json;
}

/** The relation of an object in the cluster to what is wanted. */
export type Standing =
  | 'absent'
  /** All that we own is as it is wanted: nothing to ask, nothing to write. */
  | 'same'
  /** The server's answer to a dry run tells the rest. */
  | 'differs'
  /** It exists, and this inventory didn't write it. */
  | 'foreign'
  /** It is being deleted and waits for its finalizers: nothing can be written to it for good. */
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

/** Returns how an object stands, from a list alone. */
export function standingOf(
  { ref, manifest }: WantedObject,
  live: LiveObject | undefined,
  { manager, set, members }: Ownership,
): Standing {
  if (live === undefined) return 'absent';
  if (!isMember(live, members.get(ref), { set, manager })) return 'foreign';
  if (live.metadata.deletionTimestamp !== undefined) return 'terminating';
  const owned = ownedPart(live, manager);
  return owned !== undefined && canonicalJson(owned) === canonicalJson(manifest) ? 'same' : 'differs';
}
