import type { LiveObject } from '../../../ports/cluster.ts';
import type { DriftedField } from '../../drift/drift.ts';
import { ownerOfField } from './owner-of-field.ts';
import type { PlannedObject } from './plan-objects.ts';

/** Returns who changed each field of an object from what was written; `before` of a field is what is there now. */
export function driftOf(
  { fields = [] }: PlannedObject,
  live: LiveObject,
  manager: string,
): readonly DriftedField[] {
  return fields.map(({ at, ...field }) => {
    const owner = field.before === undefined ? undefined : ownerOfField(live, at);
    // A value that nobody but us claims was changed before managedFields were cleared or taken over.
    if (owner === undefined || owner.manager === manager) return { ...field, manager: 'unknown' };
    return { ...field, ...owner };
  });
}
