import type { Cluster } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { writtenByRef } from '../../revision/object-ref.ts';
import type { ObjectArtifact } from '../../targets/artifact.ts';
import type { OwnedKind } from '../../targets/target.ts';
import { type Schema, structural } from '../schema.ts';
import { defaulter } from '../with-defaults.ts';
import { asMember, compareObject, type Ownership, type WantedObject } from './compare-object.ts';
import { dryRunObjects } from './dry-run-objects.ts';
import { memberOf } from './inventory.ts';
import { mergedObjects, type ObservedObjects, observeObjects } from './observe-objects.ts';
import { type LeftObject, objectsToAsk, type PlannedObject, planObjects } from './plan-objects.ts';
import { schemasFor } from './schemas-for.ts';
import type { TakenFields } from './taken-fields.ts';

/** The wanted objects of a cluster, and known facts about the cluster. */
export interface ClusterRequest {
  readonly objects: readonly ObjectArtifact[];
  readonly ownership: Ownership;
  /** Kinds of which members are looked for, beside the kinds of the inventory. */
  readonly owns?: readonly OwnedKind[];
  /** Kinds (by `kindKey`) without an object that has the label of the set, as a recent list has shown. */
  readonly unlabelled?: ReadonlySet<string> | undefined;
  /** Results of a recent look; only other objects are looked for. */
  readonly known?: ObservedObjects | undefined;
  /** Manifests that the last run wrote, by ref. */
  readonly written: ReadonlyMap<string, Json>;
  readonly adopt: ReadonlySet<string>;
  /** Fields that are taken from other managers. */
  readonly take?: TakenFields;
  /**
   * The dry runs to ask for. `changes`: none for absent objects, since the answer to their write tells the same.
   * `none`: none at all.
   */
  readonly ask: 'all' | 'changes' | 'none';
}

/** A plan with everything that its writes need. */
export interface ClusterPlan {
  readonly changes: readonly PlannedObject[];
  readonly left: readonly LeftObject[];
  /** The objects in the form in which they are written: members of the set, with the defaults of their schemas. */
  readonly wanted: readonly WantedObject[];
  readonly observed: ObservedObjects;
}

/**
 * Compares the objects of an inventory with a cluster. Lists the present objects, and asks for dry runs only of objects
 * that differ from the wanted ones.
 */
export async function planCluster(cluster: Cluster, request: ClusterRequest): Promise<ClusterPlan> {
  const { objects, ownership, owns, known, ask } = request;
  const artifacts = [...writtenByRef(objects)] as readonly (readonly [string, ObjectArtifact])[];
  const asked = [...artifacts.map(([ref, one]) => memberOf(ref, one)), ...ownership.members.values()];
  const rest = known === undefined ? asked : asked.filter(({ ref }) => !known.asked.has(ref));
  // The recent look has listed its kinds, so they have no further labelled objects.
  const unlabelled = new Set([...(request.unlabelled ?? []), ...(known?.served.keys() ?? [])]);
  const found = await observeObjects(cluster, ownership.set, rest, { kinds: owns, unlabelled });
  const observed = known === undefined ? found : mergedObjects(known, found);
  const { live } = observed;
  const plain = artifacts.map(([ref, one]) => ({ ref, manifest: asMember(one.manifest, ownership.set) }));
  const comparisons = new Map(
    plain.map((one) => [one.ref, compareObject(one, live.get(one.ref), ownership)]),
  );
  const differing = plain.filter(({ ref }) => comparisons.get(ref) !== 'same');
  const schemaOf = await schemasFor(cluster, differing);
  const defaulters = new Map<Schema | undefined, (value: Json) => Json>();
  const wanted = plain.map((one) => {
    const schema = structural(schemaOf(one.manifest));
    if (schema === undefined) return one;
    const defaulted = defaulters.get(schema) ?? defaulter(schema);
    defaulters.set(schema, defaulted);
    const whole = { ...one, manifest: defaulted(one.manifest) };
    comparisons.set(one.ref, compareObject(whole, live.get(one.ref), ownership));
    return whole;
  });
  const situation = { ...request, wanted, live, schemaOf, comparisons };
  const questions = objectsToAsk(situation).filter(
    ({ ref }) => ask === 'all' || (ask === 'changes' && live.has(ref)),
  );
  const answers = await dryRunObjects(cluster, observed, questions, ownership.manager, request.take);
  return { ...planObjects({ ...situation, answers }), wanted, observed };
}
