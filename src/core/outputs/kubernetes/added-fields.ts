import type { LiveObject } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { changedFields, type PlacedChange } from './object-changes.ts';
import { ownerOfField } from './owner-of-field.ts';

/** A field that another manager has put beside ours; `after` is its value. */
export interface AddedField extends PlacedChange {
  readonly manager: string;
  readonly time?: string;
}

/**
 * Returns the fields of an object that another manager has written and the manifest lacks. An apply leaves them alone, but
 * they can change the meaning of the object, such as a selector. Metadata and status are for others to write; a field
 * that nobody owns is a default of the server.
 */
export function addedFields(live: LiveObject, manifest: Json, manager: string): readonly AddedField[] {
  const isAlone = (live.metadata.managedFields ?? []).every(
    (entry) => entry.manager === manager || entry.subresource === 'status',
  );
  if (isAlone) return [];
  return changedFields(content(manifest), content(live), undefined).flatMap((change): AddedField[] => {
    if (change.before !== undefined || change.after === undefined) return [];
    const owner = ownerOfField(live, change.at);
    return owner === undefined || owner.manager === manager ? [] : [{ ...change, ...owner }];
  });
}

function content(object: Json): Json {
  const { metadata: _, status: __, ...rest } = jsonRecord(object);
  return rest;
}
