import type { Drift } from '../../drift/drift.ts';
import type { Observed } from '../../history/observed.ts';
import { addedFields } from './added-fields.ts';
import { fieldManager } from './apply-set.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { driftOf } from './object-drift.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import { objectsByRef } from './plan-for.ts';

/**
 * Returns the differences between a cluster and the revision in force, each with its author as far as managedFields
 * tell. A field that somebody put beside ours is a difference, too, although an apply leaves it alone.
 */
export function driftOfCluster(
  { changes, observed, wanted }: ClusterPlan,
  { inventory }: Pick<ClusterPlace, 'inventory'>,
  { current }: Observed,
): readonly Drift[] {
  const written = objectsByRef(current?.snapshot.artifacts ?? []);
  const originOf = (ref: string): Pick<ObjectDrift, 'origin'> => {
    const [place] = written.get(ref)?.origins ?? [];
    return place ? { origin: { file: place.file, line: place.line, column: place.column } } : {};
  };
  const found = new Map<string, ObjectDrift>();
  for (const change of changes) {
    const { ref } = change;
    const live = observed.live.get(ref);
    if (live === undefined) {
      found.set(ref, { type: 'object', state: 'removed', ref, ...originOf(ref) });
      continue;
    }
    // The change leads from the applied object to the present one.
    const fields = driftOf(change, live, fieldManager(inventory)).map(({ before, after, ...field }) => ({
      ...field,
      ...(after !== undefined && { before: after }),
      ...(before !== undefined && { after: before }),
    }));
    found.set(ref, { type: 'object', state: 'changed', ref, fields, ...originOf(ref) });
  }
  for (const { ref, manifest } of wanted) {
    const live = observed.live.get(ref);
    if (live === undefined) continue;
    const known = found.get(ref)?.fields ?? [];
    const paths = new Set(known.map(({ path }) => path));
    const added = addedFields(live, manifest, fieldManager(inventory)).filter(({ path }) => !paths.has(path));
    if (added.length === 0) continue;
    const fields = [...known, ...added.map(({ at: _, ...field }) => field)];
    found.set(ref, { type: 'object', state: 'changed', ref, fields, ...originOf(ref) });
  }
  return [...found.values()].sort((one, other) => (one.ref < other.ref ? -1 : 1));
}

type ObjectDrift = Extract<Drift, { readonly type: 'object' }>;
