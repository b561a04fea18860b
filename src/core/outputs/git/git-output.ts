import type { Compression } from '../../../ports/compression.ts';
import type { Drift } from '../../drift/drift.ts';
import { type JournalStage, readJournal } from '../../history/journal.ts';
import { currentVersions, type Observed, type Obstacle } from '../../history/observed.ts';
import type { RunStore } from '../../history/run-store.ts';
import type { Owned } from '../../history/state.ts';
import type { LockPlace } from '../../lock/lock-place.ts';
import { objectChanges } from '../../plan/object-changes.ts';
import type { TargetPlan } from '../../plan/plan.ts';
import { fileChanges } from '../../plan/plan-target.ts';
import { writtenByRef } from '../../revision/object-ref.ts';
import type { Revision } from '../../revision/revision.ts';
import { revisionDigest } from '../../revision/revision-files.ts';
import type { Acceptance } from '../../targets/acceptance.ts';
import type { Target } from '../../targets/target.ts';
import { acceptanceOf } from '../acceptance-of.ts';
import type { Kept, OutputDriver, RecordedLanding, StepOrigin, Tidied } from '../output-driver.ts';
import type { Change, Landing, Step } from '../step.ts';
import { lastEpochIn } from './branch-view.ts';
import { commitMessage } from './commit-message.ts';
import { driftOfArrival } from './drift-of-arrival.ts';
import { driftOfBranch } from './drift-of-branch.ts';
import { foreignFiles } from './foreign-files.ts';
import { type GitFiles, gitFiles, gitVersions } from './git-files.ts';
import { currentText, landingFile, landingText, markOfFile, readLanding } from './git-landing.ts';
import type { GitPlace } from './git-place.ts';
import { GitSession } from './git-session.ts';
import { GitStore } from './git-store.ts';
import { landingIn } from './landing-in.ts';
import { observeBranch } from './observe-branch.ts';
import { currentFile } from './places.ts';
import { PushLock } from './push-lock.ts';

/** The parts that an output shares with its guarded copies. */
interface Shared {
  readonly session: GitSession;
  readonly lock: LockPlace;
  readonly files: WeakMap<Revision['artifacts'], GitFiles>;
  /** Paths that the user takes over, from the last call of `observe`. */
  adopt: readonly string[];
}

/**
 * An output in a folder of a deployment repository. A step is one commit with the files of a revision and all records
 * of its run: a kill leaves the old or the new commit. A run pushes only on top of the commit that it has seen.
 */
export class GitOutput implements OutputDriver {
  readonly place: string;
  readonly store: RunStore;
  readonly lock: LockPlace;
  readonly arrived?: NonNullable<OutputDriver['arrived']>;
  readonly #at: GitPlace;
  readonly #compression: Compression;
  readonly #permitted: () => Promise<unknown>;
  readonly #shared: Shared;

  /** `permitted` is awaited before each write. */
  constructor(
    at: GitPlace,
    compression: Compression,
    permitted: () => Promise<unknown> = () => Promise.resolve(),
    shared?: Shared,
  ) {
    const { repository, branch, folder } = at;
    const name = `${repository.description} (${branch})`;
    this.#at = at;
    this.#compression = compression;
    this.#permitted = permitted;
    this.#shared = shared ?? {
      session: new GitSession(at),
      lock: new PushLock(name),
      files: new WeakMap(),
      adopt: [],
    };
    this.place = `${name}: ${folder === '' ? '.' : folder}`;
    this.store = new GitStore(this.#shared.session, compression, permitted);
    this.lock = this.#shared.lock;
    const { arrival } = at;
    if (arrival !== undefined)
      this.arrived = ({ current }) =>
        arrival(
          [...this.#files(current?.snapshot.artifacts ?? []).values()].flatMap(
            ({ artifact }) => artifact ?? [],
          ),
        );
  }

  guarded(permitted: () => Promise<unknown>): GitOutput {
    return new GitOutput(this.#at, this.#compression, permitted, this.#shared);
  }

  obstacles(): Promise<readonly Obstacle[]> {
    return Promise.resolve([]);
  }

  /** A repository takes no secrets. */
  protect(): Promise<void> {
    return Promise.resolve();
  }

  async lastEpoch(): Promise<number> {
    return lastEpochIn((await this.#shared.session.view()).tree);
  }

  observe(inventory: string, adopt: readonly string[]): Promise<Observed> {
    this.#shared.adopt = adopt;
    return observeBranch(this.#shared.session, this.store, inventory);
  }

  /** Does nothing: lost records can't be rebuilt. */
  repair(): Promise<void> {
    return Promise.resolve();
  }

  async plan(observed: Observed, next: Revision): Promise<TargetPlan> {
    const before = observed.current?.snapshot.artifacts ?? [];
    const [was, will] = [currentVersions(observed), gitVersions(this.#files(next.artifacts))];
    const { tree } = await this.#shared.session.view();
    const others = foreignFiles(tree, new Set(was.keys()), will.keys(), this.#shared.adopt);
    const conflicts = [...observed.foreign, ...others];
    return {
      certificates: [],
      restarts: [],
      objects: objectChanges(before, next.artifacts),
      inventory: writtenByRef(before).size,
      files: [
        ...conflicts.map(({ path, why }) => ({ op: 'conflict' as const, path, why })),
        ...fileChanges(was, will, new Set(observed.altered)),
      ],
    };
  }

  async drift(observed: Observed): Promise<readonly Drift[]> {
    const arrived = (await this.arrived?.(observed)) ?? [];
    return [...(await driftOfBranch(this.#shared.session, observed)), ...driftOfArrival(arrived)];
  }

  acceptance(target: Pick<Target, 'acceptance'>): Acceptance {
    return acceptanceOf(target);
  }

  steps({ observed, next }: Change, epoch: number): readonly Step[] {
    const versions = gitVersions(this.#files(next.artifacts));
    const was = currentVersions(observed);
    const isSame = was.size === versions.size && [...versions].every(([path, one]) => was.get(path) === one);
    if (observed.current !== undefined && isSame && observed.altered.length === 0) return [];
    return [this.#step(next, markOf(epoch, next))];
  }

  recordedStep({ folder, snapshot, drained }: JournalStage, revision: Revision, epoch?: number): Step {
    const step = this.#step(revision, epoch === undefined ? folder : markOf(epoch, revision));
    return { ...step, drained, snapshot };
  }

  async inForce(): Promise<string | undefined> {
    const { session } = this.#shared;
    return (await landingIn(session, (await session.view()).tree))?.mark;
  }

  async whyNotInForce(mark: string): Promise<string | undefined> {
    const { session } = this.#shared;
    const now = (await landingIn(session, (await session.peek()).tree))?.mark;
    if (now === mark) return undefined;
    return `${this.place} has ${now ?? 'nothing of ours'}, not what was written: another run, or somebody, has pushed since`;
  }

  async recorded(mark: string): Promise<RecordedLanding | undefined> {
    const { session } = this.#shared;
    const file = landingFile(mark);
    const text = await session.text(file);
    if (text === undefined) return undefined;
    const { snapshot, files } = readLanding(session.nameOf(file), text);
    return { snapshot, versions: new Map(Object.entries(files)) };
  }

  async prepare({ mark, revision }: Step, { run, snapshot }: StepOrigin): Promise<void> {
    await this.#permitted();
    const { session } = this.#shared;
    const base = (await session.view()).base?.commit;
    const text = landingText({
      snapshot,
      run,
      compiled: revisionDigest(revision.artifacts),
      files: Object.fromEntries(gitVersions(this.#files(revision.artifacts))),
      ...(this.#at.propose && base !== undefined && { base }),
    });
    session.collect(landingFile(mark), text);
  }

  putInForce(step: Step): Promise<void> {
    return this.#commit(step);
  }

  goBack(to: Landing): Promise<void> {
    return this.#commit(to, true);
  }

  readonly flush = async (): Promise<void> => {
    await this.#permitted();
    await this.#shared.session.commit(commitMessage(this.#at, { run: await this.#run() }));
  };

  owned(): Promise<Owned> {
    return Promise.resolve({});
  }

  /** The record of a step lists its files. */
  ownedBy(): Owned {
    return {};
  }

  async tidy(owned: Owned, { now, before }: Kept): Promise<Tidied> {
    await this.#permitted();
    const { session } = this.#shared;
    const kept = new Set([now?.mark, before]);
    const snapshots = new Set<string>();
    for (const path of await session.memory()) {
      const mark = markOfFile(path);
      if (mark === undefined) continue;
      const landing = kept.has(mark) ? await this.recorded(mark) : undefined;
      if (landing === undefined) session.collect(path, undefined);
      else snapshots.add(landing.snapshot);
    }
    return { owned, snapshots };
  }

  async #commit({ mark, revision }: Landing, goesBack = false): Promise<void> {
    await this.#permitted();
    const { session, adopt } = this.#shared;
    session.collect(currentFile, currentText(mark));
    const entry = (await readJournal(this.store))?.begin.entry;
    const run = await this.#run();
    const message = commitMessage(this.#at, { run, goesBack, ...(entry && { entry }) });
    await session.commit(message, { files: this.#files(revision.artifacts), adopt });
  }

  /** Returns the files of artifacts; renders each list of artifacts once. */
  #files(artifacts: Revision['artifacts']): GitFiles {
    const known = this.#shared.files.get(artifacts);
    if (known !== undefined) return known;
    const made = gitFiles(artifacts, this.#at.rendering);
    this.#shared.files.set(artifacts, made);
    return made;
  }

  async #run(): Promise<string> {
    return (await readJournal(this.store))?.begin.run ?? 'none';
  }

  #step(revision: Revision, mark: string): Step {
    return {
      name: this.#at.propose ? 'propose' : 'push',
      mark,
      revision,
      versions: gitVersions(this.#files(revision.artifacts)),
      wave: Number.POSITIVE_INFINITY,
      drained: false,
      removes: false,
      identities: false,
    };
  }
}

function markOf(epoch: number, { artifacts }: Revision): string {
  return `${String(epoch).padStart(6, '0')}-commit-${revisionDigest(artifacts).slice(0, 12)}`;
}
