import type { Drift } from '../../drift/drift.ts';
import type { ArrivedObject } from '../arrived-object.ts';

/** Returns where a cluster doesn't have what the branch has. */
export function driftOfArrival(objects: readonly ArrivedObject[]): readonly Drift[] {
  return objects.flatMap(({ ref, state, fields, by }): readonly Drift[] => {
    if (state === 'missing') return [{ type: 'file', state: 'removed', path: ref }];
    if (state !== 'behind') return [];
    const objects = [{ op: 'update' as const, ref, wave: 0, ...(fields && { fields }) }];
    return [{ type: 'file', state: 'changed', path: ref, objects, ...(by && { by }) }];
  });
}
