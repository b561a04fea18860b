import type { Permit } from '../../ports/permit.ts';
import type { Drift } from '../drift/drift.ts';
import type { JournalStage } from '../history/journal.ts';
import type { Observed, Obstacle } from '../history/observed.ts';
import type { RunStore } from '../history/run-store.ts';
import type { KeptCertificate, Owned } from '../history/state.ts';
import type { LockPlace } from '../lock/lock-place.ts';
import type { TargetPlan } from '../plan/plan.ts';
import type { Revision } from '../revision/revision.ts';
import type { Acceptance } from '../targets/acceptance.ts';
import type { Artifact } from '../targets/artifact.ts';
import type { Target } from '../targets/target.ts';
import type { ArrivedObject } from './arrived-object.ts';
import type { Onlooker } from './onlooker.ts';
import type { Change, Landing, Step } from './step.ts';
import type { TrustObject } from './trust-object.ts';

/**
 * A kind of place that targets are delivered to, opened at one such place: a directory, a cluster, a branch. The engine
 * (`core/run`) decides about the order of writes; a driver knows the places and makes the writes.
 *
 * Errors: a method throws `PortError` with the exit code of the failure (1 damaged, 6 lock lost, 7 not ours, 15
 * unreachable or forbidden). The engine then stops, leaves the journal open and writes nothing more.
 *
 * Crashes: the process may be killed at any moment. The journal has a line before and after each `putInForce`, `goBack`
 * and `material.write`; a resumed run observes the output, counts the step whose mark is in force as done, and repeats
 * the rest. So each write must be safe to repeat, and `observe` must return the old mark until the whole step is in
 * force.
 */
export interface OutputDriver {
  /**
   * The name of the place, with links and aliases resolved: two outputs of one place have the same name. Locks are
   * taken in the order of these names.
   */
  readonly place: string;
  /** The store of state, journal, history and snapshots. */
  readonly store: RunStore;
  readonly lock: LockPlace;
  /** Certificates in the output; absent if the output takes none. */
  readonly material?: MaterialPlace;

  /** Folder of the objects in force; absent if the output itself, or a controller, takes them to a cluster. */
  readonly objectsFolder?: string;

  /** Returns the same output, where each write (of `store` and `material`, too) first asks `permit`. */
  guarded(permit: Permit): OutputDriver;

  /**
   * Returns the things of others that keep a run from taking the lock. Lost records are no obstacle if `adopt` names
   * them. Called before anything is written.
   */
  obstacles(adopt: readonly string[]): Promise<readonly Obstacle[]>;
  /**
   * Makes the place ready for secrets, right after the lock was taken. Throws PortError(7) if secrets could leak from
   * the place.
   */
  protect(): Promise<void>;
  /** Returns the highest epoch in any name of the output, or 0 if there is none; no epoch is used twice. */
  lastEpoch(): Promise<number>;
  /**
   * Begins to read what `observe` returns, while the caller does something else. `isRun`: `obstacles` comes next, and then
   * the lock is taken. A fault that comes later is told by `observe`.
   */
  lookAhead?(isRun: boolean): Promise<void>;
  /**
   * Looks at the output without changing anything. `inventory` is `<mesh>.<environment>.<target>`: an output of another
   * inventory is foreign. `adopt` names the objects that the user takes over, `take` the fields (`<ref>:<field>`).
   * Parts that an open run has already written count as unaltered.
   */
  observe(inventory: string, adopt: readonly string[], take?: readonly string[]): Promise<Observed>;
  /** Writes lost records of the driver that `observe` has rebuilt. */
  repair(observed: Observed): Promise<void>;
  /** Returns the plan of an apply of `next` to the observed output. `roots`: digest of the mesh's own roots. */
  plan(
    observed: Observed,
    next: Revision,
    now: Date,
    roots: string | undefined,
  ): TargetPlan | Promise<TargetPlan>;
  /** Returns the differences between the output and the revision in force; proxies are asked elsewhere. */
  drift(observed: Observed): Promise<readonly Drift[]>;
  /**
   * Present if a controller carries the revision in force to a place that can be observed. Returns the state of each
   * object there.
   */
  readonly arrived?: (observed: Observed) => Promise<readonly ArrivedObject[]>;
  /**
   * Resolves once the output differs from what was observed, or the signal ends. Absent or undefined: the output can't
   * tell, and the caller has to look again.
   */
  whenChanged?(observed: Observed, signal: AbortSignal): Promise<void> | undefined;
  /**
   * Present if the output holds objects from which a mesh takes its trust. Returns what these objects of a revision hold
   * now; `roots` (PEM) tells which of them hold trust.
   */
  readonly trustObjects?: (
    artifacts: readonly Artifact[],
    roots: readonly string[],
  ) => Promise<readonly TrustObject[]>;
  /** Returns the way to ask a target's proxies or objects for their acceptance of a step. */
  acceptance(target: Pick<Target, 'acceptance'>): Acceptance;

  /**
   * Returns the steps from the observed output to `next`, without steps that would change nothing; empty if all of
   * `next` is in force. Pure: the same change has the same steps, except for the marks, which contain the epoch.
   */
  steps(change: Change, epoch: number): readonly Step[];
  /** Returns a step of the journal. With an `epoch`, gives the step a mark of this epoch, for a resumed run. */
  recordedStep(recorded: JournalStage, revision: Revision, epoch?: number): Step;
  /** Returns the mark of the step in force; undefined if there is none, or if somebody else has replaced it. */
  inForce(): Promise<string | undefined>;
  /**
   * Present if the output knows the health of its parts. Waits for the health of the revision in force, as the last
   * plan saw it, for a run that has nothing to write. Rejects with `UnhealthyStep` after the timeout.
   */
  readonly confirmHealth?: (onlooker: Onlooker) => Promise<void>;
  /** Returns the reason, for people, why the last step isn't in force; undefined if it is. */
  whyNotInForce(mark: string): Promise<string | undefined>;
  /** Returns the driver's record of a mark; undefined if the record is gone. */
  recorded(mark: string): Promise<RecordedLanding | undefined>;
  /** Prepares a step beside the one in force; no proxy sees the prepared parts. May do nothing. */
  prepare(step: Step, of: StepOrigin): Promise<void>;
  /**
   * Puts a prepared step in force. If this isn't atomic, a kill leaves a part of the step, and `observe` returns the
   * mark of the step before. A step that waits tells the onlooker the reason, and throws `UnhealthyStep` after its
   * timeout.
   */
  putInForce(step: Step, onlooker?: Onlooker): Promise<void>;
  /**
   * Present if the output writes a step and the records of its run together (a commit). `store` and `prepare` then only
   * collect; `putInForce` and `goBack` write everything that was collected, or nothing if they reject. The engine
   * records the end of a run before its last step. `flush` writes records that no step follows. A run that changed
   * nothing doesn't call `flush`, so its records are lost.
   */
  readonly flush?: () => Promise<void>;
  /** Puts the step `to` in force again after a proxy has rejected `left`; all parts of `to` are still in the output. */
  goBack(to: Landing, left: Landing): Promise<void>;

  /** Returns our parts of an output whose state doesn't list them. */
  owned(): Promise<Owned>;
  /** Returns our parts of the output while these steps are carried out. */
  ownedBy(observed: Observed, steps: readonly Step[], epoch: number): Owned;
  /** Removes our unused parts after a closed run. Safe to repeat after a kill. */
  tidy(owned: Owned, kept: Kept): Promise<Tidied>;
}

/** The origin of a step, in the driver's own record. */
export interface StepOrigin {
  /** History entry or id of the run. */
  readonly run: string;
  /** Digest of the step's snapshot. */
  readonly snapshot: string;
}

/** A driver's record of a mark. */
export interface RecordedLanding {
  /** Digest that names its snapshot. */
  readonly snapshot: string;
  readonly versions: ReadonlyMap<string, string>;
}

/** The parts that stay in an output after a run. */
export interface Kept {
  /** In force now. */
  readonly now: Landing | undefined;
  /** The mark that was in force before the run: a rollback may need it. */
  readonly before: string | undefined;
}

/** The parts that remain after `tidy`. */
export interface Tidied {
  readonly owned: Owned;
  /** Digests of the snapshots that the driver's own records name. */
  readonly snapshots: ReadonlySet<string>;
}

/** The place of certificates and keys of proxies. */
export interface MaterialPlace {
  /** Returns the text of each of these proxies' files, without missing files. */
  read(proxies: Iterable<string>): Promise<ReadonlyMap<string, string>>;
  /** Names the material that a step needs, or that remains at the end of a run. */
  mark(epoch: number, step: Step | undefined): string;
  /**
   * Replaces all material at once; `texts` are by proxy. `kept` is recorded together with the material, so that a kill
   * can't separate them.
   */
  write(
    mark: string,
    texts: ReadonlyMap<string, string>,
    kept: Readonly<Record<string, KeptCertificate>>,
  ): Promise<void>;
}
