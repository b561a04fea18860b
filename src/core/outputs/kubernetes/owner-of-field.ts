import type { LiveObject } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { elementId, type PathElement, pathElement } from './field-path.ts';

/** A manager of a field, and when it last changed anything of the object. */
export interface FieldOwner {
  readonly manager: string;
  /** RFC 3339. */
  readonly time?: string;
}

/**
 * Returns who owns the value of a field, by the object's managedFields: of several, the one that wrote last. Undefined
 * if nobody does: a field that was removed has no owner.
 */
export function ownerOfField(live: LiveObject, at: readonly PathElement[]): FieldOwner | undefined {
  const owners = (live.metadata.managedFields ?? [])
    .filter(({ fieldsV1, subresource = '' }) => subresource !== 'status' && covers(fieldsV1, at))
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1));
  const [last] = owners;
  if (last?.manager === undefined) return undefined;
  return { manager: last.manager, ...(last.time !== undefined && { time: last.time }) };
}

/** Returns true if a set of fields has the field of a path, a field around it as a whole, or one inside. */
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
