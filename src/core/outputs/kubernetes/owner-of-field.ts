import type { LiveObject } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { elementId, type PathElement, pathElement } from './field-path.ts';

/** A manager of a field, and the time of its last change to the object. */
export interface FieldOwner {
  readonly manager: string;
  /** RFC 3339. */
  readonly time?: string;
}

/**
 * Returns the owner of a field's value by the object's managedFields; of several owners, the last writer. Returns
 * undefined if there is none: a removed field has no owner.
 */
export function ownerOfField(live: LiveObject, at: readonly PathElement[]): FieldOwner | undefined {
  const owners = (live.metadata.managedFields ?? [])
    .filter(({ fieldsV1, subresource = '' }) => subresource !== 'status' && covers(fieldsV1, at))
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1));
  const [last] = owners;
  if (last?.manager === undefined) return undefined;
  return { manager: last.manager, ...(last.time !== undefined && { time: last.time }) };
}

/** Returns true if a set of fields contains the field at a path, a whole field around it, or a field inside it. */
function covers(fields: Json | undefined, at: readonly PathElement[]): boolean {
  let inside = fields;
  for (const element of at) {
    const steps = Object.entries(jsonRecord(inside));
    // An atomic map or list is owned as a whole.
    if (inside !== fields && steps.length === 0) return true;
    const id = elementId(element);
    const found = steps.find(([key]) => {
      const known = pathElement(key);
      return known !== undefined && elementId(known) === id;
    });
    if (found === undefined) return false;
    inside = found[1];
  }
  return inside !== undefined;
}
