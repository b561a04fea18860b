import type { Json } from '../../lib/json.ts';
import { writtenByRef } from '../../revision/object-ref.ts';
import type { Revision } from '../../revision/revision.ts';
import type { Artifact, ObjectArtifact } from '../../targets/artifact.ts';
import { fieldManager } from './apply-set.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { asMember, type Ownership } from './compare-object.ts';
import type { Inventory } from './inventory.ts';
import { setOf } from './inventory-parent.ts';
import { type ClusterPlan, type ClusterRequest, planCluster } from './plan-cluster.ts';

/** Returns the writer of an inventory's objects. */
export function ownershipOf(place: ClusterPlace, members: Inventory): Ownership {
  return { manager: fieldManager(place.inventory), set: setOf(place), members };
}

/** Returns the objects among artifacts, by ref; a cluster takes no certificates or files. */
export function objectsByRef(artifacts: readonly Artifact[]): ReadonlyMap<string, ObjectArtifact> {
  return new Map(
    [...writtenByRef(artifacts)].flatMap(([ref, one]) =>
      one.type === 'object' ? [[ref, one] as const] : [],
    ),
  );
}

/** Plans the objects of a revision; `before` is the revision in force, which shows changes by hand. */
export function planFor(
  place: ClusterPlace,
  members: Inventory,
  next: Pick<Revision, 'artifacts'>,
  before: Pick<Revision, 'artifacts'> | undefined,
  {
    adopt,
    take,
    ask,
    known,
    unlabelled,
  }: Pick<ClusterRequest, 'adopt' | 'take' | 'ask' | 'known' | 'unlabelled'>,
): Promise<ClusterPlan> {
  const ownership = ownershipOf(place, members);
  const written = new Map<string, Json>(
    [...objectsByRef(before?.artifacts ?? [])].map(([ref, one]) => [
      ref,
      asMember(one.manifest, ownership.set),
    ]),
  );
  return planCluster(place.cluster, {
    objects: [...objectsByRef(next.artifacts).values()],
    ownership,
    written,
    adopt,
    ...(take && { take }),
    ask,
    ...(known && { known }),
    unlabelled,
  });
}
