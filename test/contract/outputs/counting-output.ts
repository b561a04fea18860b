/* eslint-disable @typescript-eslint/require-await -- The interface waits for disks and servers; memory does not. */
import type { Drift } from '../../../src/core/drift/drift.ts';
import { isOpen, type JournalStage, readJournal } from '../../../src/core/history/journal.ts';
import { Ledger } from '../../../src/core/history/ledger.ts';
import type { Observed, Obstacle } from '../../../src/core/history/observed.ts';
import type { RunStore } from '../../../src/core/history/run-store.ts';
import { emptyState, type Owned } from '../../../src/core/history/state.ts';
import type { LockPlace } from '../../../src/core/lock/lock-place.ts';
import { acceptanceOf } from '../../../src/core/outputs/acceptance-of.ts';
import type {
  Kept,
  OutputDriver,
  RecordedLanding,
  StepOrigin,
  Tidied,
} from '../../../src/core/outputs/output-driver.ts';
import type { Change, Landing, Step } from '../../../src/core/outputs/step.ts';
import { objectChanges } from '../../../src/core/plan/object-changes.ts';
import type { TargetPlan } from '../../../src/core/plan/plan.ts';
import { contentDigest, writtenByRef } from '../../../src/core/revision/object-ref.ts';
import type { Revision } from '../../../src/core/revision/revision.ts';
import { revisionDigest } from '../../../src/core/revision/revision-files.ts';
import { MemoryLock, MemoryStore } from './memory-store.ts';
import type { Meter } from './meter.ts';

/**
 * The memory of a counting output: its objects, and the number of times that each version of each object was written.
 */
export interface CountedPlace {
  /** Digest of each present object, by ref. */
  readonly objects: Map<string, string>;
  readonly counts: Map<string, number>;
  /** The landing of each mark. */
  readonly marks: Map<string, RecordedLanding>;
  readonly blobs: Map<string, string>;
  readonly lock: LockPlace;
  /** The mark of the last step that was written whole. */
  current: string | undefined;
}

/** Returns a place where nothing has been counted. */
export function emptyPlace(): CountedPlace {
  const empty = { objects: new Map(), counts: new Map(), marks: new Map(), blobs: new Map() };
  return { ...empty, lock: new MemoryLock(), current: undefined };
}

const nothing = 'gone';

/**
 * An output that counts writes. It writes objects one by one, in two waves with the same revision, so that a kill
 * leaves a part of a step. It has only the members that the interface requires.
 */
export class CountingOutput implements OutputDriver {
  readonly place = 'memory';
  readonly store: RunStore;
  readonly lock: LockPlace;
  private readonly at: CountedPlace;
  private readonly meter: Meter;
  private readonly permitted: () => Promise<unknown>;

  constructor(at: CountedPlace, meter: Meter, permitted: () => Promise<unknown> = () => Promise.resolve()) {
    this.at = at;
    this.meter = meter;
    this.permitted = permitted;
    this.lock = at.lock;
    this.store = new MemoryStore(meter, at.blobs, permitted);
  }

  guarded(permitted: () => Promise<unknown>): OutputDriver {
    return new CountingOutput(this.at, this.meter, permitted);
  }

  async obstacles(): Promise<readonly Obstacle[]> {
    return [];
  }

  async protect(): Promise<void> {
    // The output keeps no secrets.
  }

  async lastEpoch(): Promise<number> {
    return Math.max(0, ...[...this.at.marks.keys()].map((mark) => Number(mark.slice(0, 6))));
  }

  async observe(inventory: string): Promise<Observed> {
    const ledger = new Ledger(this.store);
    const state = await ledger.readState();
    const none = { altered: [], foreign: [], material: new Set<string>() };
    if (state === undefined) return { ...none, state: emptyState(inventory) };
    if (state.inventory !== inventory)
      return { ...none, state, foreign: [{ path: this.place, why: `it belongs to ${state.inventory}` }] };
    const journal = await readJournal(this.store);
    const recorded = this.at.marks.get(this.at.current ?? '');
    const snapshot = recorded && (await ledger.readSnapshot(recorded.snapshot));
    // A stopped run may have written a part of its step.
    const stages = journal && isOpen(journal) ? journal.begin.stages : [];
    const wanted = await Promise.all(stages.map((stage) => ledger.readSnapshot(stage.snapshot)));
    const begun = wanted.map((one) => digests(one?.artifacts ?? []));
    const versions = recorded?.versions ?? new Map<string, string>();
    const altered = [...versions]
      .filter(([ref, version]) => {
        const live = this.at.objects.get(ref);
        return live !== version && !begun.some((step) => step.get(ref) === live);
      })
      .map(([ref]) => ref);
    return {
      ...none,
      state,
      altered,
      ...(journal && { journal }),
      ...(snapshot && {
        current: {
          name: this.at.current ?? '',
          compiled: revisionDigest(snapshot.artifacts),
          versions,
          snapshot,
        },
      }),
    };
  }

  async repair(): Promise<void> {
    // The output rebuilds no records.
  }

  plan({ current, foreign }: Observed, next: Revision): TargetPlan {
    const before = current?.snapshot.artifacts ?? [];
    const conflicts = foreign.map(({ path, why }) => ({ op: 'conflict' as const, path, why }));
    const objects = objectChanges(before, next.artifacts);
    return {
      certificates: [],
      restarts: [],
      objects,
      files: conflicts,
      inventory: writtenByRef(before).size,
    };
  }

  async drift(observed: Observed): Promise<readonly Drift[]> {
    return observed.altered.map((path): Drift => ({ type: 'file', state: 'changed', path }));
  }

  acceptance = acceptanceOf;

  steps({ observed, next }: Change, epoch: number): readonly Step[] {
    const [was, will] = [observed.current?.versions ?? new Map<string, string>(), digests(next.artifacts)];
    const isSame = was.size === will.size && [...will].every(([ref, digest]) => was.get(ref) === digest);
    if (isSame && observed.altered.length === 0 && observed.current !== undefined) return [];
    const names = [...was.keys()].some((ref) => !will.has(ref)) ? ['write', 'remove'] : ['remove'];
    return names.map((name) => this.stepOf(name, `${epochText(epoch)}-${name}`, next, was));
  }

  recordedStep({ name, folder, snapshot, drained }: JournalStage, revision: Revision, epoch?: number): Step {
    const mark = epoch === undefined ? folder : `${epochText(epoch)}-${name}`;
    const was = this.at.marks.get(this.at.current ?? '')?.versions ?? new Map<string, string>();
    const step = this.stepOf(name, mark, revision, was);
    return { ...step, versions: this.at.marks.get(mark)?.versions ?? step.versions, snapshot, drained };
  }

  async inForce(): Promise<string | undefined> {
    return this.at.current;
  }

  async whyNotInForce(mark: string): Promise<string | undefined> {
    return this.at.current === mark ? undefined : `${this.at.current ?? nothing} is in force`;
  }

  async recorded(mark: string): Promise<RecordedLanding | undefined> {
    return this.at.marks.get(mark);
  }

  async prepare({ mark, versions }: Step, { snapshot }: StepOrigin): Promise<void> {
    await this.write(() => this.at.marks.set(mark, { snapshot, versions }));
  }

  putInForce(step: Step): Promise<void> {
    return this.become(step);
  }

  goBack(to: Landing): Promise<void> {
    return this.become(to);
  }

  async owned(): Promise<Owned> {
    return { objects: [...this.at.objects.keys()] };
  }

  ownedBy(_: Observed, steps: readonly Step[]): Owned {
    return { objects: steps.flatMap(({ versions }) => [...versions.keys()]) };
  }

  async tidy(_: Owned, { now, before }: Kept): Promise<Tidied> {
    for (const mark of [...this.at.marks.keys()])
      if (mark !== now?.mark && mark !== before) await this.write(() => this.at.marks.delete(mark));
    const snapshots = new Set([...this.at.marks.values()].map(({ snapshot }) => snapshot));
    return { owned: { objects: [...(now?.versions.keys() ?? [])] }, snapshots };
  }

  /** Returns a step; the first wave keeps objects that will be removed, the second removes them. */
  private stepOf(name: string, mark: string, revision: Revision, was: ReadonlyMap<string, string>): Step {
    const will = digests(revision.artifacts);
    const versions = name === 'write' ? new Map([...was, ...will]) : will;
    const removes = name === 'remove' && was.size > 0;
    return { name, mark, revision, versions, wave: 2, drained: false, removes, identities: true };
  }

  /** Writes the objects that differ, one by one, and the mark at the end. */
  private async become({ mark, versions }: Landing): Promise<void> {
    for (const [ref, digest] of versions) {
      if (this.at.objects.get(ref) === digest) continue;
      await this.write(() => {
        this.at.objects.set(ref, digest);
        this.at.counts.set(`${ref} ${digest}`, (this.at.counts.get(`${ref} ${digest}`) ?? 0) + 1);
      });
    }
    for (const ref of [...this.at.objects.keys()])
      if (!versions.has(ref)) await this.write(() => this.at.objects.delete(ref));
    await this.write(() => {
      this.at.current = mark;
    });
  }

  private async write(change: () => unknown): Promise<void> {
    await this.permitted();
    this.meter.write(() => void change());
  }
}

function digests(artifacts: Revision['artifacts']): Map<string, string> {
  return new Map([...writtenByRef(artifacts)].map(([ref, one]) => [ref, contentDigest(one)]));
}

function epochText(epoch: number): string {
  return String(epoch).padStart(6, '0');
}
