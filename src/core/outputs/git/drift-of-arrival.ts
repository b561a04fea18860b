import type { Drift } from '../../drift/drift.ts';
import type { ArrivedObject } from '../arrived-object.ts';

/** Returns the differences between a cluster and the branch that a controller carries to it. */
export function driftOfArrival(objects: readonly ArrivedObject[]): readonly Drift[] {
  return objects.flatMap(({ ref, state, fields, by }): readonly Drift[] => {
    if (state === 'missing') return [{ type: 'file', state: 'removed', path: ref }];
    if (state !== 'behind') return [];
    const objects = [{ op: 'update' as const, ref, wave: 0, ...(fields && { fields }) }];
    return [{ type: 'file', state: 'changed', path: ref, objects, ...(by && { by }) }];
  });
}
