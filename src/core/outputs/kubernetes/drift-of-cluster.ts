import type { Drift } from '../../drift/drift.ts';
import type { Observed } from '../../history/observed.ts';
import { fieldManager } from './apply-set.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { driftOf } from './object-drift.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import { objectsByRef } from './plan-for.ts';

/**
 * Returns the differences between a cluster and the revision in force, each with its author as far as managedFields
 * tell.
 */
export function driftOfCluster(
  { changes, observed }: ClusterPlan,
  { inventory }: Pick<ClusterPlace, 'inventory'>,
  { current }: Observed,
): readonly Drift[] {
  const written = objectsByRef(current?.snapshot.artifacts ?? []);
  return changes.map((change): Drift => {
    const { ref } = change;
    const [place] = written.get(ref)?.origins ?? [];
    const origin = place && { origin: { file: place.file, line: place.line, column: place.column } };
    const live = observed.live.get(ref);
    if (live === undefined) return { type: 'object', state: 'removed', ref, ...origin };
    // The change leads from the applied object to the present one.
    const fields = driftOf(change, live, fieldManager(inventory)).map(({ before, after, ...field }) => ({
      ...field,
      ...(after !== undefined && { before: after }),
      ...(before !== undefined && { after: before }),
    }));
    return { type: 'object', state: 'changed', ref, fields, ...origin };
  });
}
