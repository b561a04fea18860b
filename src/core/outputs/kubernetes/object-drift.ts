import type { LiveObject } from '../../../ports/cluster.ts';
import type { DriftedField } from '../../drift/drift.ts';
import { ownerOfField } from './owner-of-field.ts';
import type { PlannedObject } from './plan-objects.ts';

/** Returns the changed fields of an object with the manager of each; `before` of a field is the present value. */
export function driftOf(
  { fields = [] }: PlannedObject,
  live: LiveObject,
  manager: string,
): readonly DriftedField[] {
  return fields.map(({ at, ...field }) => {
    const owner = field.before === undefined ? undefined : ownerOfField(live, at);
    // If only we claim a changed value, somebody changed it before managedFields were cleared or taken over.
    if (owner === undefined || owner.manager === manager) return { ...field, manager: 'unknown' };
    return { ...field, ...owner };
  });
}
