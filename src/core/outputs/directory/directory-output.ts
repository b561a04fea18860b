import type { Directory } from '../../../ports/directory.ts';
import type { Drift } from '../../drift/drift.ts';
import type { JournalStage } from '../../history/journal.ts';
import type { Observed, Obstacle } from '../../history/observed.ts';
import type { RunStore } from '../../history/run-store.ts';
import type { Owned } from '../../history/state.ts';
import type { LockPlace } from '../../lock/lock-place.ts';
import type { TargetPlan } from '../../plan/plan.ts';
import { planTarget } from '../../plan/plan-target.ts';
import type { Revision } from '../../revision/revision.ts';
import type { Acceptance } from '../../targets/acceptance.ts';
import type { Target } from '../../targets/target.ts';
import { acceptanceOf } from '../acceptance-of.ts';
import type {
  Kept,
  MaterialPlace,
  OutputDriver,
  RecordedLanding,
  StepOrigin,
  Tidied,
} from '../output-driver.ts';
import type { Change, Landing, Step } from '../step.ts';
import { DirectoryLock } from './directory-lock.ts';
import { DirectoryMaterial } from './directory-material.ts';
import { DirectoryStore } from './directory-store.ts';
import { findDrift } from './find-drift.ts';
import { hideFromGit } from './hide-from-git.ts';
import { observe } from './observe.ts';
import { findObstacles } from './obstacles.ts';
import { ownedByPlace, ownedBySteps } from './owned.ts';
import { configLink, linkToRevision, memoryFolder, revisionOfLink } from './places.ts';
import { pointerOf, versionsOf } from './pointer-of.ts';
import { lastEpoch } from './rebuilt-state.ts';
import { DirectoryRecords } from './records.ts';
import { tidy } from './tidy.ts';
import { recordedStep, wayTo } from './way-to.ts';
import { writeStage } from './write-stage.ts';

/**
 * An output in a directory that proxies watch. A step writes a whole revision into a new folder and puts it in force by
 * one rename of the link `config/current`: a kill leaves the old or the new revision, never a mix.
 */
export class DirectoryOutput implements OutputDriver {
  readonly place: string;
  readonly objectsFolder: string;
  readonly store: RunStore;
  readonly lock: LockPlace;
  readonly material: MaterialPlace;
  private readonly directory: Directory;
  private readonly seenAs: string;

  /** `seenAs` is the path of the directory as proxies see it. */
  constructor(
    directory: Directory,
    seenAs: string = directory.path,
    lock: LockPlace = new DirectoryLock(directory),
  ) {
    this.directory = directory;
    this.seenAs = seenAs;
    this.place = directory.path;
    this.objectsFolder = `${directory.path}/${configLink}/manifests`;
    this.lock = lock;
    this.store = new DirectoryStore(directory);
    this.material = new DirectoryMaterial(directory);
  }

  guarded(permitted: () => Promise<unknown>): DirectoryOutput {
    // The lease writes its own record without a permission.
    return new DirectoryOutput(this.directory.guarded(permitted), this.seenAs, this.lock);
  }

  async obstacles(adopt: readonly string[]): Promise<readonly Obstacle[]> {
    const { foreign, lost } = await findObstacles(this.directory);
    return lost !== undefined && adopt.includes(memoryFolder) ? [] : foreign;
  }

  protect(): Promise<void> {
    return hideFromGit(this.directory);
  }

  lastEpoch(): Promise<number> {
    return lastEpoch(this.directory);
  }

  observe(inventory: string, adopt: readonly string[]): Promise<Observed> {
    return observe(this.directory, inventory, this.seenAs, adopt);
  }

  async repair({ current }: Observed): Promise<void> {
    if (current?.isRebuilt !== true) return;
    const found = await pointerOf(this.directory, current.name, this.seenAs);
    if (found?.isRebuilt)
      await new DirectoryRecords(this.directory).writePointer(current.name, found.pointer);
  }

  plan(observed: Observed, next: Revision, now: Date, roots: string | undefined): TargetPlan {
    return planTarget(observed, next, now, roots);
  }

  drift(observed: Observed): Promise<readonly Drift[]> {
    return findDrift(this.directory, observed, this.seenAs);
  }

  acceptance(target: Pick<Target, 'acceptance'>): Acceptance {
    return acceptanceOf(target);
  }

  steps(change: Change, epoch: number): readonly Step[] {
    return wayTo(change, epoch);
  }

  recordedStep(recorded: JournalStage, revision: Revision, epoch?: number): Step {
    return recordedStep(recorded, revision, epoch);
  }

  async inForce(): Promise<string | undefined> {
    return revisionOfLink(await this.directory.linkTarget(configLink));
  }

  async whyNotInForce(mark: string): Promise<string | undefined> {
    const link = await this.directory.linkTarget(configLink);
    if (link === linkToRevision(mark)) return undefined;
    return `${configLink} points to ${JSON.stringify(link ?? 'nothing')}, not to what was written: someone else writes there`;
  }

  async recorded(mark: string): Promise<RecordedLanding | undefined> {
    const found = await pointerOf(this.directory, mark, this.seenAs);
    return found && { snapshot: found.pointer.snapshot, versions: versionsOf(found.pointer) };
  }

  prepare(step: Step, of: StepOrigin): Promise<void> {
    return writeStage(this.directory, this.seenAs, step, of);
  }

  putInForce({ mark }: Step): Promise<void> {
    return this.directory.pointLink(configLink, linkToRevision(mark));
  }

  goBack({ mark }: Landing): Promise<void> {
    return this.directory.pointLink(configLink, linkToRevision(mark));
  }

  owned(): Promise<Owned> {
    return ownedByPlace(this.directory);
  }

  ownedBy(observed: Observed, steps: readonly Step[], epoch: number): Owned {
    return ownedBySteps(observed, steps, epoch);
  }

  tidy(owned: Owned, kept: Kept): Promise<Tidied> {
    return tidy(this.directory, owned, kept);
  }
}
