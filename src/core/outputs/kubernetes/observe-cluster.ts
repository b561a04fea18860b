import { readJournal } from '../../history/journal.ts';
import { Ledger } from '../../history/ledger.ts';
import type { RunStore } from '../../history/run-store.ts';
import { emptyState } from '../../history/state.ts';
import type { Observed } from '../observed.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { type KeptInventory, readInventory } from './inventory-parent.ts';
import { readLanding } from './landing-record.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import { planFor } from './plan-for.ts';
import type { StateSecrets } from './state-secrets.ts';

/** The records and objects of a cluster, with the lists that they were read from. */
export interface ObservedCluster {
  readonly observed: Observed;
  readonly inventory: KeptInventory | undefined;
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
  const inventory = await readInventory(place.cluster, place);
  const journal = await readJournal(store);
  const observed: Observed = { ...none, state, ...(journal && { journal }) };
  const mark = inventory?.mark;
  const landing = mark === undefined ? undefined : await readLanding(secrets, mark);
  const snapshot = landing && (await ledger.readSnapshot(landing.snapshot));
  if (inventory === undefined || mark === undefined || landing === undefined || snapshot === undefined)
    return { observed, inventory };
  const drift = await planFor(place, inventory.members, snapshot, snapshot, {
    adopt: new Set(),
    ask: 'changes',
  });
  const { compiled, versions } = landing;
  return {
    observed: {
      ...observed,
      current: { name: mark, compiled, versions, snapshot },
      altered: drift.changes.map(({ ref }) => ref),
    },
    inventory,
    drift,
  };
}
