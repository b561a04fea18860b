import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { outputDirectory } from '../../../../src/adapters/output-directory.ts';
import { jointRecord } from '../../../../src/core/canary/record/joint-record.ts';
import type { RolloutRecord } from '../../../../src/core/canary/record/rollout-record.ts';
import { RolloutRecords } from '../../../../src/core/canary/record/rollout-records.ts';
import { takeAttempt } from '../../../../src/core/canary/run/attempt.ts';
import { EvidenceJournal } from '../../../../src/core/canary/run/evidence-journal.ts';
import type { RunEnd } from '../../../../src/core/canary/run/run-end.ts';
import { runRollout } from '../../../../src/core/canary/run/run-rollout.ts';
import type {
  GateAnswer,
  RunnerWorld,
  ShownProgress,
  Transition,
} from '../../../../src/core/canary/run/runner-world.ts';
import type { Arm, StreamLine } from '../../../../src/core/evidence/stream-line.ts';
import type { RunStore } from '../../../../src/core/history/run-store.ts';
import type { Rollout } from '../../../../src/core/ir/rollout.ts';
import { DirectoryStore } from '../../../../src/core/outputs/directory/directory-store.ts';
import { PortError } from '../../../../src/ports/port-error.ts';
import { MemoryStore } from '../../../contract/outputs/memory-store.ts';
import { Meter } from '../../../contract/outputs/meter.ts';

const start = Date.parse('2026-01-01T00:00:00.000Z');

/** Thrown to end the process at once. */
class Killed extends Error {}

/** The shares of bad requests of candidate and baseline at a second of the attempt. */
export interface Traffic {
  readonly perSecond: number;
  readonly errors: (t: number) => { readonly baseline: number; readonly candidate: number };
  /** True while no counter can be read. */
  readonly isBlind?: (t: number) => boolean;
}

/**
 * A world with a real output directory for records and journals, a clock that only sleeping moves, and proxies with
 * counters. The counters follow from the weights in force, whoever wrote the weights.
 */
export class SmallWorld {
  readonly store: RunStore;
  readonly rollout: Rollout;
  traffic: Traffic;
  /** The weights in force, each with its first second. */
  readonly applied: { readonly at: number; readonly weight: number }[] = [];
  /** The weights of all services after each change, each with the second of the change. */
  readonly moves: { readonly at: number; readonly weights: Readonly<Record<string, number>> }[] = [];
  unattended: string | undefined;
  /** Digest of what the spec judges. */
  judged = 'judged';
  readonly told: Transition[] = [];
  readonly shown: ShownProgress[] = [];
  gate: (transition: Transition) => GateAnswer = () => 'yes';
  /** The hooks in place of `told` and `gate`. */
  hooks: Pick<RunnerWorld, 'tell' | 'ask'> | undefined;
  fails: (record: RolloutRecord) => string | undefined = () => undefined;
  now = start;
  unseen: readonly string[] = [];
  /** Targets beside the leading one, each with its records and its weight in force. */
  readonly others: { readonly store: RunStore; weight: number }[] = [];
  /**
   * Returns true while a target is out of reach of a write or, without `written`, of a reading; the leading target is
   * 0.
   */
  isLost: (target: number, written?: RolloutRecord) => boolean = () => false;
  onSleep: (() => Promise<void>) | undefined;
  #epoch = 0;
  #counted = start;
  readonly #sums = new Map<string, Record<Arm, { requests: number; errors: number }>>();
  #boundaries = 0;
  #fatal = Number.POSITIVE_INFINITY;

  private constructor(store: RunStore, rollout: Rollout, traffic: Traffic) {
    this.store = store;
    this.rollout = rollout;
    this.traffic = traffic;
  }

  /** Returns a world with records in memory, for hundreds of runs. */
  static inMemory(rollout: Rollout, traffic: Traffic): SmallWorld {
    const store = new MemoryStore(new Meter(), new Map(), () => Promise.resolve());
    return new SmallWorld(store, rollout, traffic);
  }

  /** Adds a target with records in memory. */
  addTarget(): void {
    const store = new MemoryStore(new Meter(), new Map(), () => Promise.resolve());
    this.others.push({ store, weight: 0 });
  }

  static async make(rollout: Rollout, traffic: Traffic): Promise<SmallWorld> {
    const root = mkdtempSync(path.join(tmpdir(), 'meshwright-rollout-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    return new SmallWorld(new DirectoryStore(await outputDirectory(root, 'out')), rollout, traffic);
  }

  get boundaries(): number {
    return this.#boundaries;
  }

  get weight(): number {
    return this.applied.at(-1)?.weight ?? 0;
  }

  /** Kills the process at the boundary with this number, counted from now on; the first boundary is 1. */
  killAt(number: number): void {
    this.#fatal = this.#boundaries + number;
  }

  /** Runs the attempt to its end as a runner with this id; begins an attempt if there is none. */
  async run(id: string, signal: AbortSignal = new AbortController().signal): Promise<RunEnd> {
    this.#fatal = Math.max(this.#fatal, 0);
    const runner = { id, holder: `${id}@host`, epoch: this.#epoch + 1 };
    const changed = await this.world(signal).change(
      (record, epoch) => {
        const now = new Date(this.now).toISOString();
        return takeAttempt(this.rollout, this.judged, record, { ...runner, epoch }, now);
      },
      { weights: false },
    );
    if (changed.state !== 'written') throw new Error('the attempt could not be taken');
    const taken = { rollout: this.rollout, record: changed.record, runner: changed.record.runner ?? runner };
    return runRollout(taken, this.world(signal));
  }

  /** Runs, and kills the process at a boundary. Returns undefined if the process was killed. */
  async runKilled(id: string, at: number): Promise<RunEnd | undefined> {
    this.killAt(at);
    try {
      return await this.run(id);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      return undefined;
    } finally {
      this.#fatal = Number.POSITIVE_INFINITY;
    }
  }

  async record(): Promise<RolloutRecord | undefined> {
    const found = await Promise.all(this.#records.map((records) => records.read(this.rollout.id)));
    return jointRecord(found.flatMap((record) => record ?? []));
  }

  get #records(): readonly RolloutRecords[] {
    return [this.store, ...this.others.map(({ store }) => store)].map((store) => new RolloutRecords(store));
  }

  /** Lets somebody at another machine change the record. */
  async elsewhere(change: (record: RolloutRecord) => RolloutRecord): Promise<void> {
    const record = await this.record();
    if (record !== undefined) await new RolloutRecords(this.store).write(change(record));
  }

  /** Lets somebody at another machine change the record of each target. */
  async everywhere(change: (record: RolloutRecord) => RolloutRecord): Promise<void> {
    for (const records of this.#records) {
      const record = await records.read(this.rollout.id);
      if (record !== undefined) await records.write(change(record));
    }
  }

  get clock(): RunnerWorld['clock'] {
    return {
      now: () => new Date(this.now),
      monotonic: () => this.now,
      sleep: async (milliseconds) => {
        this.now += milliseconds;
        await this.onSleep?.();
      },
    };
  }

  world(signal: AbortSignal): RunnerWorld {
    return {
      clock: this.clock,
      signal,
      record: () => {
        if (this.#records.some((_, i) => this.isLost(i))) throw new PortError('no way there', 15);
        return this.record();
      },
      change: async (change, { weights, partly = false }) => {
        this.#epoch += 1;
        const before = await this.record();
        const next = change(before, this.#epoch);
        if (next === undefined) return { state: 'left', record: before };
        const lost = this.#records.flatMap((_, i) => (this.isLost(i, next) ? [i] : []));
        const message = lost.map((i) => `target ${String(i)}: no way there`).join('; ');
        if (lost.length > 0 && !partly) return { state: 'unreachable', message, code: 15 };
        this.#boundary();
        for (const [i, records] of this.#records.entries()) {
          if (lost.includes(i)) continue;
          const own = partly ? change(await records.read(this.rollout.id), this.#epoch) : next;
          if (own !== undefined) await records.write(own);
          this.#boundary();
        }
        if (weights) {
          const failed = this.fails(next);
          if (failed !== undefined) return { state: 'failed', message: failed, code: 8 };
          for (const [i] of this.#records.entries()) {
            if (!lost.includes(i)) this.#apply(next, i);
            this.#boundary();
          }
        }
        if (lost.length > 0) return { state: 'failed', message, code: 15 };
        return { state: 'written', record: next, unseen: this.unseen };
      },
      journal: (attempt) => new EvidenceJournal(this.store, this.rollout.id, attempt).lines(),
      append: async (attempt, epoch, lines) => {
        this.#boundary();
        await new EvidenceJournal(this.store, this.rollout.id, attempt).append(epoch, lines);
        this.#boundary();
      },
      unattended: () => Promise.resolve(this.unattended),
      read: async (t) => Promise.resolve(this.#counters(t)),
      tell: (transition) => {
        this.told.push(transition);
        this.hooks?.tell(transition);
      },
      ask: async (transition, isLate) => this.hooks?.ask(transition, isLate) ?? this.gate(transition),
      show: (progress) => this.shown.push(progress),
    };
  }

  /** Puts the weights of a record in force at the leading target, as an apply does. */
  apply(record: Pick<RolloutRecord, 'state' | 'weights'>): void {
    this.#apply(record, 0);
  }

  #apply(record: Pick<RolloutRecord, 'state' | 'weights'>, target: number): void {
    const { services } = this.rollout;
    const weights = Object.fromEntries(
      services.map((id) => [id, record.state === 'promoted' ? 100 : (record.weights[id] ?? 0)]),
    );
    const weight = weights[services[0] ?? ''] ?? 0;
    const other = this.others[target - 1];
    if (other !== undefined) {
      other.weight = weight;
      return;
    }
    if (weight !== this.weight) this.applied.push({ at: this.now, weight });
    if (JSON.stringify(weights) !== JSON.stringify(this.moves.at(-1)?.weights))
      this.moves.push({ at: this.now, weights });
  }

  #boundary(): void {
    this.#boundaries += 1;
    if (this.#boundaries >= this.#fatal) throw new Killed();
  }

  /** Returns the counters since the world began; equal moments have equal counters. */
  #counters(t: number): readonly StreamLine[] {
    if (this.traffic.isBlind?.(t) === true) return [{ t, failed: true }];
    const { services, targets } = this.rollout;
    for (; this.#counted < this.now; this.#counted += 1000) {
      const weights = this.moves.findLast(({ at }) => at <= this.#counted)?.weights ?? {};
      for (const service of services) this.#count(service, weights[service] ?? 0);
    }
    return services.flatMap((service) =>
      (['baseline', 'candidate'] as const).flatMap((arm) =>
        Array.from({ length: arm === 'baseline' ? 4 : 1 }, (_, i) => {
          const parts = arm === 'baseline' ? 4 : 1;
          const { requests, errors } = this.#sumsOf(service)[arm];
          return {
            t,
            arm,
            instance: `${arm}-${String(i)}`,
            requests: Math.floor(requests / parts),
            errors: Math.floor(errors / parts),
            ...(services.length > 1 && { service, target: targets[0] ?? '' }),
          };
        }),
      ),
    );
  }

  #count(service: string, weight: number): void {
    const sums = this.#sumsOf(service);
    const errors = this.traffic.errors((this.#counted - start) / 1000);
    const shares = { baseline: 1 - weight / 100, candidate: weight / 100 };
    for (const arm of ['baseline', 'candidate'] as const) {
      sums[arm].requests += this.traffic.perSecond * shares[arm];
      sums[arm].errors += this.traffic.perSecond * shares[arm] * errors[arm];
    }
  }

  #sumsOf(service: string): Record<Arm, { requests: number; errors: number }> {
    const known = this.#sums.get(service);
    if (known !== undefined) return known;
    const none = { baseline: { requests: 0, errors: 0 }, candidate: { requests: 0, errors: 0 } };
    this.#sums.set(service, none);
    return none;
  }
}
