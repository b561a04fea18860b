import { expectedRevision } from '../../drift/expected-revision.ts';
import { isOpen, type Journal, readJournal } from '../../history/journal.ts';
import { Ledger } from '../../history/ledger.ts';
import type { RunStore } from '../../history/run-store.ts';
import { emptyState } from '../../history/state.ts';
import type { Revision } from '../../revision/revision.ts';
import type { Observed } from '../observed.ts';
import type { ClusterPlace } from './cluster-place.ts';
import type { Inventory } from './inventory.ts';
import { type KeptInventory, readInventory } from './inventory-parent.ts';
import { readLanding } from './landing-record.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import { objectsByRef, ownershipOf, planFor } from './plan-for.ts';
import { rebuiltInventory } from './rebuilt-inventory.ts';
import type { StateSecrets } from './state-secrets.ts';

/** The records and objects of a cluster, with the lists that they were read from. */
export interface ObservedCluster {
  readonly observed: Observed;
  readonly inventory: Pick<KeptInventory, 'members' | 'mark'> | undefined;
  /** True if the inventory is lost, and was rebuilt from labels. */
  readonly isLost?: true;
  /** The plan back to the revision in force: its changes are drift. Absent if none is. */
  readonly drift?: ClusterPlan;
}

/** Looks at a cluster without changing it. */
export async function observeCluster(
  place: ClusterPlace,
  store: RunStore,
  secrets: StateSecrets,
): Promise<ObservedCluster> {
  const none = { altered: [], foreign: [], material: new Set<string>() };
  const ledger = new Ledger(store);
  const state = (await ledger.readState()) ?? emptyState(place.inventory);
  const kept = await readInventory(place.cluster, place);
  const journal = await readJournal(store);
  const observed: Observed = { ...none, state, ...(journal && { journal }) };
  const mark = kept === undefined ? expectedRevision(journal) : kept.mark;
  const landing = mark === undefined ? undefined : await readLanding(secrets, mark);
  const snapshot = landing && (await ledger.readSnapshot(landing.snapshot));
  const inventory = kept ?? (await rebuilt(place, snapshot, mark));
  const lost = kept === undefined && inventory !== undefined ? { isLost: true as const } : {};
  if (inventory === undefined || mark === undefined || landing === undefined || snapshot === undefined)
    return { observed, inventory, ...lost };
  const back = await planFor(place, inventory.members, snapshot, snapshot, {
    adopt: new Set(),
    ask: 'changes',
  });
  const drift = await withoutOpenRun(back, place, inventory.members, { ledger, journal, snapshot });
  const { compiled, versions } = landing;
  return {
    observed: {
      ...observed,
      current: { name: mark, compiled, versions, snapshot },
      altered: drift.changes.map(({ ref }) => ref),
    },
    ...{ inventory, drift, ...lost },
  };
}

/** Leaves out what is as the run wants it that the journal has begun: that is no change by hand. */
async function withoutOpenRun(
  drift: ClusterPlan,
  place: ClusterPlace,
  members: Inventory,
  { ledger, journal, snapshot }: OpenRun,
): Promise<ClusterPlan> {
  const digest = journal && isOpen(journal) ? journal.begin.stages.at(-1)?.snapshot : undefined;
  if (digest === undefined || drift.changes.length === 0) return drift;
  const next = await ledger.readSnapshot(digest);
  if (next === undefined) return drift;
  const known = drift.observed;
  const { changes } = await planFor(place, members, next, snapshot, { adopt: new Set(), ask: 'none', known });
  const open = new Set(changes.map(({ ref }) => ref));
  return { ...drift, changes: drift.changes.filter(({ ref }) => open.has(ref)) };
}

interface OpenRun {
  readonly ledger: Ledger;
  readonly journal: Journal | undefined;
  readonly snapshot: Pick<Revision, 'artifacts'>;
}

/** Returns the inventory that labels tell of; undefined if no object has them, as before a first apply. */
async function rebuilt(
  place: ClusterPlace,
  snapshot: Pick<Revision, 'artifacts'> | undefined,
  mark: string | undefined,
): Promise<ObservedCluster['inventory']> {
  const ownership = ownershipOf(place, new Map());
  const written = objectsByRef(snapshot?.artifacts ?? []);
  const members = await rebuiltInventory(place.cluster, ownership, place.target.owns, written);
  if (members.size === 0) return undefined;
  return { members, ...(mark !== undefined && snapshot !== undefined && { mark }) };
}
