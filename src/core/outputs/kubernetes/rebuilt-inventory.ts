import type { Cluster, LiveObject } from '../../../ports/cluster.ts';
import type { OwnedKind } from '../../targets/target.ts';
import { memberLabel } from './apply-set.ts';
import type { Ownership } from './compare-object.ts';
import { inParallel } from './in-parallel.ts';
import type { Inventory, Member } from './inventory.ts';
import { kindKey } from './observe-objects.ts';
import { appliedBy } from './owned-fields.ts';
import { refOfLive } from './ref-of-live.ts';

/** The objects that carry the label of a set. */
export interface Labelled {
  readonly members: Inventory;
  /** Kinds (by `kindKey`) without a labelled object. */
  readonly without: ReadonlySet<string>;
}

/**
 * Returns the members of a set whose inventory is lost: objects of the target's kinds that carry its label and were
 * applied by its manager. An object that the revision in force (`written`) lacks is unproven, and never deleted.
 */
export async function rebuiltInventory(
  cluster: Cluster,
  { manager, set }: Omit<Ownership, 'members'>,
  kinds: readonly OwnedKind[],
  written: ReadonlyMap<string, unknown>,
): Promise<Labelled> {
  const without = new Set<string>();
  const found = new Map<string, Member>();
  await inParallel(kinds, atOnce, async ({ apiVersion, kind }) => {
    const served = await cluster.served(apiVersion, kind);
    if (served === undefined) return;
    const { objects } = await cluster.list(served, { labels: { [memberLabel]: set }, metadataOnly: true });
    if (objects.length === 0) without.add(kindKey({ apiVersion, kind }));
    for (const live of objects) {
      const member = memberOfLive(live, manager, written);
      if (member !== undefined) found.set(member.ref, member);
    }
  });
  return { members: found, without };
}

const atOnce = 8;

function memberOfLive(
  live: LiveObject,
  manager: string,
  written: ReadonlyMap<string, unknown>,
): Member | undefined {
  if (appliedBy(live, manager) === undefined) return undefined;
  const { apiVersion, kind, metadata } = live;
  const { namespace, name, uid } = metadata;
  const ref = refOfLive(live);
  return {
    ...{ ref, apiVersion, kind, name },
    ...(namespace !== undefined && { namespace }),
    ...(uid !== undefined && { uid }),
    ...(!written.has(ref) && { isUnproven: true as const }),
  };
}
