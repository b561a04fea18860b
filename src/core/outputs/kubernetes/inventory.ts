import type { LiveObject } from '../../../ports/cluster.ts';
import type { ObjectArtifact } from '../../targets/artifact.ts';
import { memberLabel, parentAnnotations } from './apply-set.ts';
import { appliedBy } from './owned-fields.ts';

/** An object that a delivery wrote. */
export interface Member {
  /** `<group>/<Kind>/<namespace>/<name>`, as plans name it. */
  readonly ref: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Absent from the moment before the first write of an object until the end of the run. */
  readonly uid?: string;
  /** True if the object existed before; it stays in the cluster when the mesh no longer needs it. */
  readonly adopted?: true;
  /**
   * True if the inventory was lost, and only a label shows that a delivery made the object. Such an object is never
   * deleted.
   */
  readonly isUnproven?: true;
}

/** Our objects in a cluster, by ref. */
export type Inventory = ReadonlyMap<string, Member>;

/** Returns the member for an object. */
export function memberOf(ref: string, { manifest, kind, namespace, name }: ObjectArtifact): Member {
  const { apiVersion } = manifest as { readonly apiVersion: string };
  return { ref, apiVersion, kind, ...(namespace !== '' && { namespace }), name };
}

/**
 * Returns the inventory for the time of a run: the old and the new members, so that a killed run leaks no object. Known
 * facts about a member stay.
 */
export function unionOf(known: Inventory, coming: readonly Member[]): Inventory {
  return new Map([...coming.map((one) => [one.ref, one] as const), ...known]);
}

/** Returns the inventory after the last write: the present objects with their uids. */
export function finalInventory(
  members: readonly Member[],
  live: ReadonlyMap<string, LiveObject>,
  adopted: ReadonlySet<string>,
): Inventory {
  return new Map(
    members.map((member) => {
      const uid = live.get(member.ref)?.metadata.uid;
      const { adopted: _, isUnproven: __, uid: known, ...rest } = member;
      return [
        member.ref,
        {
          ...rest,
          ...((uid ?? known) !== undefined && { uid: (uid ?? known) as string }),
          ...((adopted.has(member.ref) || member.adopted) && { adopted: true as const }),
        },
      ];
    }),
  );
}

/**
 * Returns true if an object carries the label of a set and is the object that the inventory lists. If the uid isn't
 * known because the run that made the object was killed, its manager identifies it.
 */
export function isMember(
  live: LiveObject,
  member: Member | undefined,
  { set, manager }: { readonly set: string; readonly manager: string },
): boolean {
  if (member === undefined || live.metadata.labels?.[memberLabel] !== set) return false;
  return member.uid === undefined ? appliedBy(live, manager) !== undefined : member.uid === live.metadata.uid;
}

/** Returns the annotations of the parent, by which tools for ApplySets find every member. */
export function parentAnnotationsOf(
  members: Iterable<Member>,
  tool: string,
  stateNamespace: string,
): Readonly<Record<string, string>> {
  const [kinds, namespaces] = [new Set<string>(), new Set<string>()];
  for (const { apiVersion, kind, namespace } of members) {
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    kinds.add(group === '' ? kind : `${kind}.${group}`);
    if (namespace !== undefined && namespace !== stateNamespace) namespaces.add(namespace);
  }
  return {
    [parentAnnotations.tooling]: tool,
    [parentAnnotations.groupKinds]: [...kinds].sort().join(','),
    [parentAnnotations.namespaces]: [...namespaces].sort().join(','),
  };
}
