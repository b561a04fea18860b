import type { Drift } from '../../drift/drift.ts';
import type { Observed } from '../observed.ts';
import { fieldManager } from './apply-set.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { driftOf } from './object-drift.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import { objectsByRef } from './plan-for.ts';

/** Returns where a cluster isn't as the revision in force was written, and by whom, as far as managedFields tell. */
export function driftOfCluster(
  { changes, observed }: ClusterPlan,
  { inventory }: Pick<ClusterPlace, 'inventory'>,
  { current }: Observed,
): readonly Drift[] {
  const written = objectsByRef(current?.snapshot.artifacts ?? []);
  return changes.map((change): Drift => {
    const { ref, op } = change;
    const live = observed.live.get(ref);
    if (live === undefined) return { type: 'file', state: 'removed', path: ref };
    const fields = driftOf(change, live, fieldManager(inventory));
    const owners = fields.filter(({ manager }) => manager !== 'unknown');
    const last = owners.toSorted((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1))[0];
    const [origin] = written.get(ref)?.origins ?? [];
    return {
      type: 'file',
      state: 'changed',
      path: ref,
      objects: [
        {
          op,
          ref,
          wave: 0,
          // From what was applied to what is there.
          fields: fields.map(({ path, before, after }) => ({
            path,
            ...(after !== undefined && { before: after }),
            ...(before !== undefined && { after: before }),
          })),
          ...(origin && { origin: { file: origin.file, line: origin.line, column: origin.column } }),
        },
      ],
      ...(last && { by: { owner: last.manager, modified: last.time ?? 'unknown' } }),
    };
  });
}
