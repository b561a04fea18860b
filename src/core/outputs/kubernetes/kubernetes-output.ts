import type { Permit } from '../../../ports/permit.ts';
import { PortError } from '../../../ports/port-error.ts';
import type { Drift } from '../../drift/drift.ts';
import { exit } from '../../exit-code.ts';
import type { JournalStage } from '../../history/journal.ts';
import { Ledger } from '../../history/ledger.ts';
import type { Observed, Obstacle } from '../../history/observed.ts';
import type { RunStore } from '../../history/run-store.ts';
import type { Owned } from '../../history/state.ts';
import { certificateRequests } from '../../plan/certificate-actions.ts';
import type { TargetPlan } from '../../plan/plan.ts';
import type { Revision } from '../../revision/revision.ts';
import { revisionDigest } from '../../revision/revision-files.ts';
import type { Acceptance } from '../../targets/acceptance.ts';
import { acceptanceOf } from '../acceptance-of.ts';
import type { Onlooker } from '../onlooker.ts';
import type { Kept, OutputDriver, RecordedLanding, StepOrigin, Tidied } from '../output-driver.ts';
import type { Change, Step } from '../step.ts';
import { fieldManager, parentName } from './apply-set.ts';
import { ClusterMaterial } from './cluster-material.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { markOf, stepOf } from './cluster-step.ts';
import { confirmHealth } from './confirm-health.ts';
import { driftOfCluster } from './drift-of-cluster.ts';
import { trustObjects } from './evidence/trust-objects.ts';
import type { ClaimsInForce, Looked, Shared } from './guarded-parts.ts';
import { setOf } from './inventory-parent.ts';
import { InventoryRecord } from './inventory-record.ts';
import { KubernetesLock } from './kubernetes-lock.ts';
import { KubernetesStore } from './kubernetes-store.ts';
import { keepLandings, readLanding, writeLanding } from './landing-record.ts';
import { LeaseRecord } from './lease-record.ts';
import { LookAhead } from './look-ahead.ts';
import { lostInventory } from './lost-inventory.ts';
import { materialRights, neededRights, requireKinds, requireRights } from './missing-rights.ts';
import { type ObservedCluster, observeCluster } from './observe-cluster.ts';
import type { ObservedObjects } from './observe-objects.ts';
import { planFor } from './plan-for.ts';
import { putInForce } from './put-in-force.ts';
import { StateSecrets } from './state-secrets.ts';
import { takenFields } from './taken-fields.ts';
import { targetPlan } from './target-plan.ts';
import { whenChanged } from './when-changed.ts';

/** Milliseconds for which a run uses the objects of its plan. A write is refused if its object has changed since. */
const looksFresh = 10_000;

/**
 * The details of each `Observed`, which every output of the place can look up, by the set of its material: copies with
 * further facts keep the set.
 */
const seenBy = new WeakMap<Observed['material'], ObservedCluster>();

/**
 * An output in a cluster of Kubernetes. A step writes the objects of a revision in waves and is in force once the
 * inventory names its mark. A kill leaves some new objects and the old mark; the same step then continues from the
 * present objects.
 */
export class KubernetesOutput implements OutputDriver {
  readonly place: string;
  readonly store: RunStore;
  readonly lock: KubernetesLock;
  readonly material: ClusterMaterial;
  readonly #at: ClusterPlace;
  readonly #isRunning: boolean;
  readonly #secrets: StateSecrets;
  readonly #inventory: InventoryRecord;
  /** Objects and fields that the user takes over, from the last call of `observe`. */
  readonly #claims: ClaimsInForce;
  readonly #looked: Looked;

  /** `shared` are parts of the output that this one guards; absent for an output that writes nothing. */
  constructor(at: ClusterPlace, shared?: Shared) {
    const { cluster, namespace, inventory, compression, clock } = at;
    const parent = parentName(inventory);
    this.#at = at;
    this.#isRunning = shared !== undefined;
    this.#looked = shared?.looked ?? { ahead: new LookAhead(), at: 0 };
    this.#claims = shared?.claims ?? { adopt: new Set(), take: new Map() };
    this.place = `${cluster.description}: ${namespace}/${parent}`;
    this.#secrets = shared?.secrets ?? new StateSecrets(cluster, { namespace, parent, compression });
    this.#inventory = shared?.inventory ?? new InventoryRecord(at);
    this.material = new ClusterMaterial(at, this.#isRunning, () => this.#claims.adopt);
    this.store = new KubernetesStore(this.#secrets);
    const lease = new LeaseRecord(cluster, { namespace, name: parent });
    const name = `${namespace}/${parent}`;
    this.lock = shared?.lock ?? new KubernetesLock(lease, { clock, name, onGap: () => this.#forget() });
  }

  guarded(permit: Permit): KubernetesOutput {
    const at = { ...this.#at, cluster: this.#at.cluster.guarded(permit) };
    return new KubernetesOutput(at, {
      // The lock writes its own record without leave.
      lock: this.lock,
      secrets: this.#secrets.writtenBy(at.cluster),
      inventory: this.#inventory.writtenBy(at),
      claims: this.#claims,
      looked: this.#looked,
    });
  }

  async lookAhead(isRun: boolean): Promise<void> {
    if (isRun) await this.#begin();
    this.#looked.isBegun = isRun;
    await this.#looked.ahead.begin(this.#at, { secrets: this.#secrets, inventory: this.#inventory });
  }

  async obstacles(): Promise<readonly Obstacle[]> {
    if (this.#looked.isBegun !== true) await this.#begin();
    this.#looked.isBegun = false;
    return [];
  }

  /** Begins a run. Records are read once from here on, unless another run takes the lock in between. */
  async #begin(): Promise<void> {
    this.#forget();
    await this.lock.look();
  }

  /** Does nothing: the cluster's RBAC guards Secrets. */
  protect(): Promise<void> {
    return Promise.resolve();
  }

  async lastEpoch(): Promise<number> {
    return (await this.lock.epochs()).at(-1) ?? 0;
  }

  async observe(
    _inventory: string,
    adopt: readonly string[],
    take: readonly string[] = [],
  ): Promise<Observed> {
    this.#claims.adopt = new Set(adopt);
    this.#claims.take = takenFields(take);
    // Only the holder of the lock writes records, so a run keeps what it has read. A command without the lock reads
    // them again, except at its first look.
    if (!this.#isRunning && this.#looked.hasObserved) this.#forget();
    this.#looked.hasObserved = true;
    const records = { store: this.store, secrets: this.#secrets, inventory: this.#inventory };
    const found = await observeCluster(this.#at, records, this.#looked.ahead);
    const material = await this.material.present(Object.keys(found.observed.state.certificates));
    const observed = { ...found.observed, material };
    seenBy.set(observed.material, { ...found, observed });
    return observed;
  }

  /** Writes a lost inventory, rebuilt from labels. */
  async repair(observed: Observed): Promise<void> {
    const seen = seenBy.get(observed.material);
    if (!seen?.isLost || seen.inventory === undefined) return;
    await this.#inventory.write(seen.inventory, undefined);
  }

  async plan(observed: Observed, next: Revision): Promise<TargetPlan> {
    const seen = seenBy.get(observed.material);
    const members = seen?.inventory?.members ?? new Map<string, never>();
    const before = observed.current?.snapshot;
    const plan = await planFor(this.#at, members, next, before, {
      ...this.#claims,
      // A run skips questions that its write answers.
      ask: this.#isRunning ? 'changes' : 'all',
      ...(seen?.drift && { known: seen.drift.observed }),
      unlabelled: seen?.unlabelled,
    });
    this.#looked.objects = plan.observed;
    this.#looked.current = observed.current;
    this.#looked.at = this.#at.clock.monotonic();
    const authorities = certificateRequests(next.artifacts).map(({ proxy }) => proxy);
    if (this.#isRunning) {
      requireKinds(plan, this.#at.cluster);
      const rights = [...neededRights(plan, this.#at.namespace), ...materialRights(authorities)];
      await requireRights(this.#at.cluster, rights);
    }
    const foreign = await this.material.foreign(authorities);
    const manager = fieldManager(this.#at.inventory);
    const planned = targetPlan(plan, manager, before, next, this.#at.target.order, members.size);
    const lost = seen?.isLost ? lostInventory(this.#at, members.size, this.#claims.adopt) : [];
    return { ...planned, files: [...lost, ...foreign, ...planned.files] };
  }

  drift(observed: Observed): Promise<readonly Drift[]> {
    const found = seenBy.get(observed.material);
    return Promise.resolve(found?.drift ? driftOfCluster(found.drift, this.#at, found.observed) : []);
  }

  whenChanged(observed: Observed, signal: AbortSignal): Promise<void> | undefined {
    const objects = seenBy.get(observed.material)?.drift?.observed;
    if (objects === undefined || objects.served.size === 0) return undefined;
    return whenChanged(this.#at.cluster, setOf(this.#at), objects, { clock: this.#at.clock, signal });
  }

  readonly trustObjects: NonNullable<OutputDriver['trustObjects']> = (artifacts, roots) =>
    trustObjects(this.#at.cluster, artifacts, roots, this.#at.target.podTrust);

  acceptance(): Acceptance {
    return acceptanceOf({});
  }

  steps({ observed, next }: Change, epoch: number): readonly Step[] {
    const compiled = revisionDigest(next.artifacts);
    if (observed.current?.compiled === compiled && observed.altered.length === 0) return [];
    return [stepOf(next, markOf(epoch, compiled))];
  }

  recordedStep({ folder, snapshot, drained }: JournalStage, revision: Revision, epoch?: number): Step {
    const mark = epoch === undefined ? folder : markOf(epoch, revisionDigest(revision.artifacts));
    return { ...stepOf(revision, mark), drained, snapshot };
  }

  async inForce(): Promise<string | undefined> {
    return (await this.#inventory.read())?.mark;
  }

  async whyNotInForce(mark: string): Promise<string | undefined> {
    this.#inventory.forget();
    const now = await this.inForce();
    if (now === mark) return undefined;
    return `${this.place} names ${now ?? 'nothing'} as what is in force, not what was written: another run writes there`;
  }

  recorded(mark: string): Promise<RecordedLanding | undefined> {
    return readLanding(this.#secrets, mark);
  }

  async prepare(step: Step, of: StepOrigin): Promise<void> {
    await writeLanding(this.#secrets, step, of);
  }

  putInForce(step: Step, onlooker?: Onlooker): Promise<void> {
    return putInForce(this.#at, step, {
      ...this.#claims,
      inventory: this.#inventory,
      before: this.#before(),
      onlooker,
      ...this.#known(),
    });
  }

  /** Returns the objects that the plan of this run has seen, but only once: writing changes them. */
  #known(): { readonly known?: ObservedObjects } {
    const { objects, at } = this.#looked;
    delete this.#looked.objects;
    return objects !== undefined && this.#at.clock.monotonic() - at < looksFresh ? { known: objects } : {};
  }

  async confirmHealth(onlooker: Onlooker): Promise<void> {
    const { current, objects } = this.#looked;
    if (current && objects) await confirmHealth(this.#at, current, objects, onlooker);
  }

  goBack(): Promise<void> {
    // No proxy is asked, so no step can be rejected.
    return Promise.reject(
      new PortError(`${this.place} has no way back but an apply or a rollback`, exit.incomplete),
    );
  }

  owned(): Promise<Owned> {
    return Promise.resolve({});
  }

  /** Returns nothing: the inventory lists our objects; while a step is put in force, those before and after. */
  ownedBy(): Owned {
    return {};
  }

  async tidy(owned: Owned, { now, before }: Kept): Promise<Tidied> {
    // Read again: somebody may have pinned an entry during the run.
    this.#secrets.forget();
    const marks = new Set([now?.mark, before].filter((mark) => mark !== undefined));
    return { owned, snapshots: await keepLandings(this.#secrets, marks) };
  }

  #forget(): void {
    this.#secrets.forget();
    this.#inventory.forget();
    this.#looked.ahead.forget();
  }

  /** Returns a function that reads the revision in force before a step, from which the order of a change starts. */
  #before(): () => Promise<Revision | undefined> {
    return async () => {
      const mark = await this.inForce();
      const { current } = this.#looked;
      if (current !== undefined && current.name === mark) return current.snapshot;
      const landing = mark === undefined ? undefined : await readLanding(this.#secrets, mark);
      return landing && (await new Ledger(this.store).readSnapshot(landing.snapshot));
    };
  }
}
