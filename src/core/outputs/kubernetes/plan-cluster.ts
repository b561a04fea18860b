import type { Cluster } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { writtenByRef } from '../../revision/object-ref.ts';
import type { ObjectArtifact } from '../../targets/artifact.ts';
import type { OwnedKind } from '../../targets/target.ts';
import { dryRunObjects } from './dry-run-objects.ts';
import { inParallel } from './in-parallel.ts';
import { memberOf } from './inventory.ts';
import { mergedObjects, type ObservedObjects, observeObjects } from './observe-objects.ts';
import { type LeftObject, objectsToAsk, type PlannedObject, planObjects } from './plan-objects.ts';
import { type Schema, schemaOfKind, structural } from './schema.ts';
import { asMember, type Ownership, standingOf, type WantedObject } from './standing.ts';
import type { TakenFields } from './taken-fields.ts';
import { withDefaults } from './with-defaults.ts';

/** The wanted objects of a cluster, and the facts known of it. */
export interface ClusterRequest {
  readonly objects: readonly ObjectArtifact[];
  readonly ownership: Ownership;
  /** Kinds of which members are looked for beside those of the inventory. */
  readonly owns?: readonly OwnedKind[];
  /** Results of a recent look; only the rest is looked for. */
  readonly known?: ObservedObjects;
  /** Manifests that the last run wrote, by ref. */
  readonly written: ReadonlyMap<string, Json>;
  readonly adopt: ReadonlySet<string>;
  /** Fields that are taken from other managers. */
  readonly take?: TakenFields;
  /** `changes`: absent objects are not asked for, as the answer to their write says the same. `none`: nothing is. */
  readonly ask: 'all' | 'changes' | 'none';
}

/** A plan with all that its writes are made from. */
export interface ClusterPlan {
  readonly changes: readonly PlannedObject[];
  readonly left: readonly LeftObject[];
  /** The objects as they are written: members of the set, with the defaults of their schemas. */
  readonly wanted: readonly WantedObject[];
  readonly observed: ObservedObjects;
}

/** Plans the objects of an inventory against a cluster: lists, and dry runs only of what isn't as it is wanted. */
export async function planCluster(cluster: Cluster, request: ClusterRequest): Promise<ClusterPlan> {
  const { objects, ownership, owns, known, ask } = request;
  const artifacts = [...writtenByRef(objects)] as readonly (readonly [string, ObjectArtifact])[];
  const asked = [...artifacts.map(([ref, one]) => memberOf(ref, one)), ...ownership.members.values()];
  const rest = known === undefined ? asked : asked.filter(({ ref }) => !known.asked.has(ref));
  const found = await observeObjects(cluster, ownership.set, rest, owns);
  const observed = known === undefined ? found : mergedObjects(known, found);
  const { live } = observed;
  const plain = artifacts.map(([ref, one]) => ({ ref, manifest: asMember(one.manifest, ownership.set) }));
  const differing = plain.filter((one) => standingOf(one, live.get(one.ref), ownership) !== 'same');
  const schemaOf = await schemasFor(cluster, differing);
  const wanted = plain.map((one) => ({
    ...one,
    manifest: withDefaults(one.manifest, structural(schemaOf(one.manifest))),
  }));
  const situation = { ...request, wanted, live, schemaOf };
  const questions = objectsToAsk(situation).filter(
    ({ ref }) => ask === 'all' || (ask === 'changes' && live.has(ref)),
  );
  const answers = await dryRunObjects(cluster, observed, questions, ownership.manager, request.take);
  return { ...planObjects({ ...situation, answers }), wanted, observed };
}

/** Reads the schemas of the group versions of objects; a group that the server doesn't serve yet has none. */
async function schemasFor(
  cluster: Cluster,
  objects: readonly WantedObject[],
): Promise<(manifest: Json) => Schema | undefined> {
  const versions = [...new Set(objects.map(({ manifest }) => typeOf(manifest).apiVersion))];
  const found = new Map<string, Readonly<Record<string, Json>>>();
  await inParallel(versions, versions.length, async (version) => {
    const schemas = await cluster.schemas(version);
    if (schemas !== undefined) found.set(version, schemas);
  });
  const byKind = new Map<string, Schema | undefined>();
  return (manifest) => {
    const { apiVersion, kind } = typeOf(manifest);
    const named = found.get(apiVersion);
    const key = `${apiVersion} ${kind}`;
    if (!byKind.has(key)) byKind.set(key, named && schemaOfKind(named, apiVersion, kind));
    return byKind.get(key);
  };
}

function typeOf(manifest: Json): { readonly apiVersion: string; readonly kind: string } {
  return manifest as { readonly apiVersion: string; readonly kind: string };
}
