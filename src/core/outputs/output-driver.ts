import type { Drift } from '../drift/drift.ts';
import type { JournalStage } from '../history/journal.ts';
import type { Observed, Obstacle } from '../history/observed.ts';
import type { RunStore } from '../history/run-store.ts';
import type { KeptCertificate, Owned } from '../history/state.ts';
import type { LockPlace } from '../lock/lock-place.ts';
import type { TargetPlan } from '../plan/plan.ts';
import type { Revision } from '../revision/revision.ts';
import type { Acceptance } from '../targets/acceptance.ts';
import type { Target } from '../targets/target.ts';
import type { ArrivedObject } from './arrived-object.ts';
import type { Onlooker } from './onlooker.ts';
import type { Change, Landing, Step } from './step.ts';

/**
 * A kind of place that targets are delivered to, opened at one such place: a directory, a cluster, a branch. The engine
 * (`core/run`) decides when something happens; a driver knows where things lie and how they get there.
 *
 * Errors: a method throws `PortError` with the exit code of what the place refused (1 damaged, 6 lock lost, 7 not ours,
 * 15 unreachable or forbidden). The engine then stops, leaves the journal open and writes nothing more.
 *
 * Crashes: the process may be killed at any moment. The journal has a line before and after each `putInForce`, `goBack`
 * and `material.write`; a resumed run observes the output, takes the step whose mark is in force as reached, and calls
 * the rest again. So each write must be safe to do twice, and `observe` must answer the mark of before until all of a
 * step is in force.
 */
export interface OutputDriver {
  /** Names the place, with links and aliases resolved: two outputs of one place are one output. Locks are taken in its order. */
  readonly place: string;
  /** The store of state, journal, history and snapshots. */
  readonly store: RunStore;
  readonly lock: LockPlace;
  /** Certificates in the output; absent if the output takes none. */
  readonly material?: MaterialPlace;

  /** Returns the same output, where each write (of `store` and `material`, too) first awaits `permitted`. */
  guarded(permitted: () => Promise<void>): OutputDriver;

  /**
   * Returns what keeps a run from taking the lock: what is there and isn't ours. A lost memory that `adopt` names is no
   * obstacle. Called before anything is written.
   */
  obstacles(adopt: readonly string[]): Promise<readonly Obstacle[]>;
  /** Makes the place ready for secrets, right after the lock was taken. Throws PortError(7) if secrets could leak from it. */
  protect(): Promise<void>;
  /** Returns the highest epoch that anything in the output is named by, 0 if nothing is; no epoch is used twice. */
  lastEpoch(): Promise<number>;
  /**
   * Looks at the output without changing anything. `inventory` is `<mesh>.<environment>.<target>`: an output of another
   * inventory is foreign. `adopt` names what the user takes over, `take` the
   * fields that others own (`<ref>:<field>`). Parts that the journal of an open run was about to
   * write, and that are as its steps want them, aren't altered.
   */
  observe(inventory: string, adopt: readonly string[], take?: readonly string[]): Promise<Observed>;
  /** Writes again what the driver lost of its own records and `observe` has rebuilt. */
  repair(observed: Observed): Promise<void>;
  /** Returns what an apply of `next` would do to the output as observed. `roots`: digest of the mesh's own roots. */
  plan(
    observed: Observed,
    next: Revision,
    now: Date,
    roots: string | undefined,
  ): TargetPlan | Promise<TargetPlan>;
  /** Returns where the revision in force isn't as it was written; proxies are asked elsewhere. */
  drift(observed: Observed): Promise<readonly Drift[]>;
  /**
   * Present if somebody else carries the revision in force to a place that can be looked at. Returns the state of each
   * of its objects there.
   */
  readonly arrived?: (observed: Observed) => Promise<readonly ArrivedObject[]>;
  /**
   * Resolves once something isn't as it was observed any more, or the signal ends. Undefined, or absent: the output can't
   * tell, and has to be looked at again.
   */
  whenChanged?(observed: Observed, signal: AbortSignal): Promise<void> | undefined;
  /** Returns how a target's proxies or objects are asked whether they accepted a step. */
  acceptance(target: Pick<Target, 'acceptance'>): Acceptance;

  /**
   * Returns the way from what is observed to `next`, without steps that would change nothing; empty if all of `next` is
   * in force. Pure: the same change has the same steps, but for the marks, which name the epoch.
   */
  steps(change: Change, epoch: number): readonly Step[];
  /** Returns a step of the journal as it was; with an `epoch`, under a mark of that epoch, for a run that goes on. */
  recordedStep(recorded: JournalStage, revision: Revision, epoch?: number): Step;
  /** Returns the mark of the step in force; undefined if none is, or if somebody else put something in its place. */
  inForce(): Promise<string | undefined>;
  /**
   * Present if the output itself knows whether its parts are healthy. Waits for the health of the revision in force, as
   * the last plan saw it, for a run that has nothing to write; rejects with `UnhealthyStep` after the timeout.
   */
  readonly confirmHealth?: (onlooker: Onlooker) => Promise<void>;
  /** Returns why, for people, a step isn't in force although it was put there last; undefined if it is. */
  whyNotInForce(mark: string): Promise<string | undefined>;
  /** Returns what a mark stood for: the digest of its snapshot, and versions as written. Returns undefined if it is forgotten. */
  recorded(mark: string): Promise<RecordedLanding | undefined>;
  /** Prepares a step beside what is in force; no proxy sees any of it. May do nothing. */
  prepare(step: Step, of: StepOrigin): Promise<void>;
  /**
   * Puts a prepared step in force. If it isn't atomic, a kill leaves a part, and `observe` the mark of the step before. A
   * step that waits tells the onlooker what for, and throws `UnhealthyStep` after its timeout.
   */
  putInForce(step: Step, onlooker?: Onlooker): Promise<void>;
  /**
   * Present if the output has one write for a step and the records of its run (a commit): `store` and `prepare` then only
   * collect, and `putInForce` and `goBack` write all that was collected, or nothing if they reject. The engine records
   * the end of a run before its last step. `flush` writes records that no step follows; a run that changed nothing
   * calls it never, and its records are lost.
   */
  readonly flush?: () => Promise<void>;
  /** Puts the step before in force again, after a proxy rejected `left`; everything of it is still there. */
  goBack(to: Landing, left: Landing): Promise<void>;

  /** Returns what is ours, of an output whose state doesn't list it. */
  owned(): Promise<Owned>;
  /** Returns what will be ours while these steps are on their way. */
  ownedBy(observed: Observed, steps: readonly Step[], epoch: number): Owned;
  /** Removes what is ours and nobody uses any more, after a run that closed. Safe to do again if it was killed. */
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

/** The parts that are left after `tidy`. */
export interface Tidied {
  readonly owned: Owned;
  /** Digests of the snapshots that the driver's own records name. */
  readonly snapshots: ReadonlySet<string>;
}

/** The place of certificates and keys of proxies. */
export interface MaterialPlace {
  /** Returns the text of each of these proxies' files; one that isn't there is left out. */
  read(proxies: Iterable<string>): Promise<ReadonlyMap<string, string>>;
  /** Names the material that a step needs, or that remains at the end of a run. */
  mark(epoch: number, step: Step | undefined): string;
  /** Exchanges all material at once, by proxy; `kept` is known of it from then on, whatever happens after. */
  write(
    mark: string,
    texts: ReadonlyMap<string, string>,
    kept: Readonly<Record<string, KeptCertificate>>,
  ): Promise<void>;
}
