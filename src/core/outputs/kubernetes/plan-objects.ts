import type { ApplyAnswer, FieldConflict, LiveObject } from '../../../ports/cluster.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Json } from '../../lib/json.ts';
import type { ObjectOperation } from '../../revision/object-operation.ts';
import type { Schema } from '../schema.ts';
import { memberLabel } from './apply-set.ts';
import { type Comparison, compareObject, type Ownership, type WantedObject } from './compare-object.ts';
import { estimatedChanges } from './estimated-changes.ts';
import { isMember, type Member } from './inventory.ts';
import { changedFields, type PlacedChange } from './object-changes.ts';
import { withoutNoise } from './without-noise.ts';

/** The answer to a dry run; `unasked`: the server has no such kind yet. */
export type DryRunAnswer = ApplyAnswer | { readonly state: 'unasked'; readonly why: string };

/** The change of one object; an unchanged object isn't in a plan. */
export interface PlannedObject {
  readonly op: ObjectOperation;
  readonly ref: string;
  /** The fields that differ; for updates, adoptions and conflicts. */
  readonly fields?: readonly PlacedChange[];
  /** The reason why the change is an estimate; absent if the API server has confirmed it. */
  readonly estimate?: string;
  /** Fields that other managers own with other values. */
  readonly conflicts?: readonly FieldConflict[];
  /** The reason why the server would refuse the write, or why a conflict names no field. */
  readonly problem?: string;
}

/** The reason for an estimate if the write will tell the same as a dry run. */
export const notAsked = 'the API server was not asked';

/** A member that is no longer wanted, but stays in the cluster. */
export interface LeftObject {
  readonly ref: string;
  readonly why: string;
}

/** Input of a plan of objects. */
export interface ObjectsToPlan {
  readonly wanted: readonly WantedObject[];
  readonly live: ReadonlyMap<string, LiveObject>;
  readonly ownership: Ownership;
  /** Manifests that the last run wrote, by ref; other present values were changed by hand. */
  readonly written: ReadonlyMap<string, Json>;
  /** Answers of the server for `objectsToAsk`. */
  readonly answers: ReadonlyMap<string, DryRunAnswer>;
  /** Refs of objects of others that the user takes over. */
  readonly adopt: ReadonlySet<string>;
  readonly schemaOf: (manifest: Json) => Schema | undefined;
  /** Known results of `compareObject`, by ref; others are computed. */
  readonly comparisons?: ReadonlyMap<string, Comparison>;
}

/** Returns the objects that need a dry run to plan an apply: those that are absent or differ. */
export function objectsToAsk({
  wanted,
  live,
  ownership,
  adopt,
  comparisons,
}: Omit<ObjectsToPlan, 'answers' | 'written' | 'schemaOf'>): readonly WantedObject[] {
  return wanted.filter((one) => {
    const compared = comparisons?.get(one.ref) ?? compareObject(one, live.get(one.ref), ownership);
    return compared === 'absent' || compared === 'differs' || (compared === 'foreign' && adopt.has(one.ref));
  });
}

/**
 * Returns the change that an apply would make to each object, in the order of refs, and the members that it would leave
 * alone.
 */
export function planObjects(to: ObjectsToPlan): {
  readonly changes: readonly PlannedObject[];
  readonly left: readonly LeftObject[];
} {
  const changes: PlannedObject[] = to.wanted.flatMap((one) => plannedObject(one, to) ?? []);
  const left: LeftObject[] = [];
  const wanted = new Set(to.wanted.map(({ ref }) => ref));
  for (const member of to.ownership.members.values()) {
    if (wanted.has(member.ref)) continue;
    const removal = plannedRemoval(member, to);
    if (removal !== undefined && 'op' in removal) changes.push(removal);
    else if (removal !== undefined) left.push(removal);
  }
  return { changes: changes.sort((a, b) => (a.ref < b.ref ? -1 : 1)), left };
}

function plannedObject(one: WantedObject, to: ObjectsToPlan): PlannedObject | undefined {
  const { ref } = one;
  const live = to.live.get(ref);
  const compared = to.comparisons?.get(ref) ?? compareObject(one, live, to.ownership);
  if (compared === 'same') return undefined;
  if (live === undefined) return created(ref, to.answers.get(ref));
  if (compared === 'terminating')
    return { op: 'conflict', ref, problem: `it is being deleted${waitingFor(live)}` };
  const answer = compared === 'foreign' && !to.adopt.has(ref) ? undefined : to.answers.get(ref);
  const fields = fieldsOf(one, live, answer, to);
  if (compared === 'foreign' && !to.adopt.has(ref))
    return { op: 'conflict', ref, fields, problem: ownerOf(live, to.ownership) };
  return changed(operationOf(one, compared, to.written), ref, fields, answer);
}

/** Returns words for the possible maker of an object. */
function ownerOf({ metadata }: LiveObject, { set }: Ownership): string {
  const other = metadata.labels?.[memberLabel];
  if (other === set)
    return 'it is there with the label of this mesh, and is not the object that the inventory lists';
  return other === undefined
    ? 'it is there, and this mesh did not make it'
    : `another mesh, target or environment keeps it (${other})`;
}

/** Returns the fields that would change: from the server's dry run if it succeeded, else an estimate. */
function fieldsOf(
  { manifest }: WantedObject,
  live: LiveObject,
  answer: DryRunAnswer | undefined,
  { ownership: { manager }, schemaOf }: ObjectsToPlan,
): readonly PlacedChange[] {
  const schema = schemaOf(manifest);
  return answer?.state === 'applied'
    ? changedFields(withoutNoise(live), withoutNoise(answer.object), schema)
    : estimatedChanges(live, manifest, manager, schema);
}

function operationOf(
  { ref, manifest }: WantedObject,
  compared: Comparison,
  written: ReadonlyMap<string, Json>,
): ObjectOperation {
  if (compared === 'foreign') return 'adopt';
  const before = written.get(ref);
  return before !== undefined && canonicalJson(before) === canonicalJson(manifest) ? 'replace' : 'update';
}

function changed(
  op: ObjectOperation,
  ref: string,
  fields: readonly PlacedChange[],
  answer: DryRunAnswer | undefined,
): PlannedObject | undefined {
  switch (answer?.state) {
    case 'applied':
      return fields.length === 0 && op !== 'adopt' ? undefined : { op, ref, fields };
    case 'conflict':
      return { op: 'conflict', ref, fields, conflicts: answer.conflicts };
    case 'refused':
      return { op, ref, fields, problem: answer.why };
    case 'changed':
      return { op, ref, fields, estimate: 'it was changed while it was looked at' };
    case 'forbidden':
    case 'unasked':
      return { op, ref, fields, estimate: answer.why };
    case undefined:
      return { op, ref, fields, estimate: notAsked };
  }
}

function created(ref: string, answer: DryRunAnswer | undefined): PlannedObject {
  const op = 'create';
  switch (answer?.state) {
    case 'applied':
      return { op, ref };
    case 'refused':
      // The kind and its objects may come with the same apply.
      return answer.refusal === 'no such kind' || answer.refusal === 'no such namespace'
        ? { op, ref, estimate: answer.why }
        : { op, ref, problem: answer.why };
    case 'conflict':
    case 'changed':
      return { op, ref, estimate: 'it was made while it was looked at' };
    case 'forbidden':
    case 'unasked':
      return { op, ref, estimate: answer.why };
    case undefined:
      return { op, ref, estimate: notAsked };
  }
}

/** Plans the removal of an unwanted object: deletes it if it is certainly ours, and releases an adopted one. */
function plannedRemoval(
  member: Member,
  { live: all, ownership }: ObjectsToPlan,
): PlannedObject | LeftObject | undefined {
  const { ref, kind, adopted } = member;
  const live = all.get(ref);
  if (live === undefined) return undefined;
  if (!isMember(live, member, ownership)) return { ref, why: notOurs };
  if (member.isUnproven) return { ref, why: unproven };
  if (live.metadata.deletionTimestamp !== undefined)
    return { ref, why: `it is being deleted${waitingFor(live)}` };
  if (adopted) return { op: 'release', ref };
  return kept.has(kind) ? { ref, why: `a ${kind} is deleted only by hand` } : { op: 'delete', ref };
}

const unproven = 'the inventory was lost, and nothing else says that this mesh made it: delete it by hand';
const notOurs = 'it is another object of that name, or has lost the label of this mesh';

/** Kinds whose deletion deletes other objects, too. */
const kept: ReadonlySet<string> = new Set(['Namespace', 'CustomResourceDefinition']);

function waitingFor({ metadata: { finalizers = [] } }: LiveObject): string {
  return finalizers.length === 0 ? '' : ` and waits for ${finalizers.join(', ')}`;
}
