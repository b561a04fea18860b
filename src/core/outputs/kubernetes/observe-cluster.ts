import { expectedRevision } from '../../drift/expected-revision.ts';
import { isOpen, type Journal, readJournal } from '../../history/journal.ts';
import { Ledger } from '../../history/ledger.ts';
import type { Observed } from '../../history/observed.ts';
import type { RunStore } from '../../history/run-store.ts';
import { emptyState } from '../../history/state.ts';
import type { Revision } from '../../revision/revision.ts';
import { apiKinds } from './api-kinds.ts';
import type { ClusterPlace } from './cluster-place.ts';
import type { Inventory } from './inventory.ts';
import type { KeptInventory } from './inventory-parent.ts';
import type { InventoryRecord } from './inventory-record.ts';
import { readLanding } from './landing-record.ts';
import type { LookAhead } from './look-ahead.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import { objectsByRef, ownershipOf, planFor } from './plan-for.ts';
import { type Labelled, rebuiltInventory } from './rebuilt-inventory.ts';
import type { StateSecrets } from './state-secrets.ts';

/** The records and objects of a cluster, with the lists that they were read from. */
export interface ObservedCluster {
  readonly observed: Observed;
  readonly inventory: Pick<KeptInventory, 'members' | 'mark'> | undefined;
  /** True if the inventory was lost, and was rebuilt from labels. */
  readonly isLost?: true;
  /** Kinds without an object that has the label of the set, by `kindKey`; absent if nobody asked for labels. */
  readonly unlabelled?: ReadonlySet<string>;
  /** The plan back to the revision in force, whose changes are drift; absent if no revision is in force. */
  readonly drift?: ClusterPlan;
}

/** The records of a cluster. */
interface ClusterRecords {
  readonly store: RunStore;
  readonly secrets: StateSecrets;
  readonly inventory: InventoryRecord;
}

/** Looks at a cluster without changing it; `ahead` may have listed the members. */
export async function observeCluster(
  place: ClusterPlace,
  { store, secrets, inventory: record }: ClusterRecords,
  ahead: LookAhead,
): Promise<ObservedCluster> {
  const none = { altered: [], foreign: [], material: new Set<string>() };
  const ledger = new Ledger(store);
  const [state = emptyState(place.inventory), kept] = await Promise.all([ledger.readState(), record.read()]);
  const journal = await readJournal(store);
  const observed: Observed = { ...none, state, ...(journal && { journal }) };
  const mark = kept === undefined ? expectedRevision(journal) : kept.mark;
  const landing = mark === undefined ? undefined : await readLanding(secrets, mark);
  const snapshot = landing && (await ledger.readSnapshot(landing.snapshot));
  const labelled = kept === undefined ? await labelledMembers(place, snapshot) : undefined;
  const inventory = kept ?? rebuilt(labelled, snapshot, mark);
  const lost = kept === undefined && inventory !== undefined ? { isLost: true as const } : {};
  const unlabelled = labelled && { unlabelled: labelled.without };
  if (inventory === undefined || mark === undefined || landing === undefined || snapshot === undefined)
    return { observed, inventory, ...lost, ...unlabelled };
  const back = await planFor(place, inventory.members, snapshot, snapshot, {
    adopt: new Set(),
    ask: 'changes',
    known: await ahead.taken(),
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

/** Leaves out objects that an open run has written already, which are no changes by hand. */
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

function labelledMembers(
  place: ClusterPlace,
  snapshot: Pick<Revision, 'artifacts'> | undefined,
): Promise<Labelled> {
  const written = objectsByRef(snapshot?.artifacts ?? []);
  return rebuiltInventory(place.cluster, ownershipOf(place, new Map()), apiKinds(place.target.owns), written);
}

/** Returns the inventory rebuilt from labels; undefined if no object has them, as before a first apply. */
function rebuilt(
  labelled: Labelled | undefined,
  snapshot: unknown,
  mark: string | undefined,
): ObservedCluster['inventory'] {
  if (labelled === undefined || labelled.members.size === 0) return undefined;
  return { members: labelled.members, ...(mark !== undefined && snapshot !== undefined && { mark }) };
}
