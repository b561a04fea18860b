import { exit } from '../../exit-code.ts';
import type { Rollout } from '../../ir/rollout.ts';
import { policyOf } from '../judge/policy-of.ts';
import type { Verdict } from '../judge/verdict.ts';
import { verdictOf } from '../judge/verdict-of.ts';
import type { RolloutRecord } from '../record/rollout-record.ts';
import {
  attemptTime,
  endPromotion,
  endRollback,
  lowerWeights,
  setStepWeights,
  startRollback,
  stopAttempt,
} from './attempt.ts';
import type { AttemptProgress } from './attempt-progress.ts';
import { confirmZero } from './confirm-zero.ts';
import type { RolloutJournalLine } from './journal-line.ts';
import { progressOf, takeLine } from './progress.ts';
import { rollbackWrites } from './rollback-writes.ts';
import { type RunEnd, replaced } from './run-end.ts';
import type { Changed, Reach, RunnerWorld, TakenAttempt } from './runner-world.ts';
import { writeRollback } from './write-rollback.ts';

/** Writes the decisions of a runner: the record first, then the weights, then the journal. */
export class AttemptWriter {
  readonly rollout: Rollout;
  readonly runner: TakenAttempt['runner'];
  readonly world: RunnerWorld;
  record: RolloutRecord;
  #progress: AttemptProgress;

  private constructor(
    { rollout, record, runner }: TakenAttempt,
    world: RunnerWorld,
    progress: AttemptProgress,
  ) {
    this.rollout = rollout;
    this.record = record;
    this.runner = runner;
    this.world = world;
    this.#progress = progress;
  }

  /** Returns the writer of an attempt, with the progress of its journal. */
  static async open(taken: TakenAttempt, world: RunnerWorld): Promise<AttemptWriter> {
    const policy = policyOf(taken.rollout);
    const { attempt } = taken.record;
    // After this line the journal drops lines of earlier runners.
    const t = attemptTime(taken.record, world.clock.now());
    await world.append(attempt, taken.runner.epoch, [{ t, alive: world.clock.now().toISOString() }]);
    return new AttemptWriter(taken, world, progressOf(policy, await world.journal(attempt)));
  }

  get progress(): AttemptProgress {
    return this.#progress;
  }

  get now(): string {
    return this.world.clock.now().toISOString();
  }

  /** Seconds since the attempt began, without its pauses. */
  get t(): number {
    return attemptTime(this.record, this.world.clock.now());
  }

  get verdict(): Verdict {
    return verdictOf(this.#progress.judge, { mayPromote: false, isOver: false });
  }

  /** Stores lines, and then takes them into the progress. */
  async add(...lines: readonly RolloutJournalLine[]): Promise<void> {
    await this.world.append(this.record.attempt, this.runner.epoch, lines, this.#progress);
    this.#progress = lines.reduce(takeLine, this.#progress);
  }

  /** Changes the record if it still names this runner. */
  change(change: (record: RolloutRecord) => RolloutRecord, reach: Reach): Promise<Changed> {
    return this.world.change(
      (record) => (record?.runner?.id === this.runner.id ? change(record) : undefined),
      reach,
    );
  }

  /** Gives each service the weight of a step, in the order of dependencies. */
  async writeStep(step: number): Promise<RunEnd | undefined> {
    const { services, steps } = this.rollout;
    const weight = steps[step]?.weight ?? 0;
    for (const [i, service] of services.entries()) {
      const changed = await this.change((record) => setStepWeights(record, this.rollout, step, this.now, i), {
        weights: true,
      });
      if (changed.state === 'left') return replaced(changed.record);
      if (changed.state === 'unreachable') return this.stop(changed.message);
      if (changed.state === 'failed')
        return this.rollBack(`step ${String(step + 1)} was not accepted: ${changed.message}`);
      this.record = changed.record;
      const isLast = i === services.length - 1;
      await this.add({ t: this.t, weight, ...(!isLast && { service }) });
    }
    this.show();
    this.world.tell({ on: 'step', key: this.key(`at-${String(step)}`), record: this.record });
    return undefined;
  }

  async promote(): Promise<RunEnd> {
    const changed = await this.change((record) => endPromotion(record, this.now), { weights: true });
    if (changed.state === 'left') return replaced(changed.record);
    if (changed.state === 'unreachable') return this.stop(changed.message);
    if (changed.state === 'failed') return { exitCode: exit.incomplete, message: changed.message };
    const { id, from, to } = this.rollout;
    const message = `${id}: ${to} is promoted and gets all requests that ${from} had. Until the spec says so, the stored record keeps the promotion`;
    return this.#end(changed.record, { exitCode: exit.success, message });
  }

  /**
   * Goes back to `from` at the pace that `from` can carry. Ends the attempt only once the candidate certainly gets no
   * requests.
   */
  async rollBack(reason: string): Promise<RunEnd> {
    const { clock, signal } = this.world;
    const write = async (weights: RolloutRecord['weights']): Promise<Changed> => {
      const change = (record: RolloutRecord) => startRollback(record, weights, reason, this.now);
      const changed = await this.change(change, { weights: true, partly: true });
      if (changed.state === 'written') {
        this.record = changed.record;
        await this.noteWeights();
        this.show(reason);
      }
      return changed;
    };
    const way = await writeRollback(rollbackWrites(this.rollout.services, this.record), write, clock, signal);
    if (way.state === 'left') return replaced(way.record);
    if (way.state !== 'written') return this.#notBack(way.message);
    const unsure = await confirmZero(way.unseen, this.rollout, this.world, () => this.t);
    if (unsure !== undefined) return this.#notBack(unsure);
    const done = await this.change((record) => endRollback(record, reason, this.now), { weights: false });
    if (done.state !== 'written') return this.#notBack('the record could not be written');
    const message = `rolled back to ${this.rollout.from}: ${reason}`;
    return this.#end(done.record, { exitCode: exit.rolledBack, message, reason });
  }

  /** Stops because a target is out of reach, or because a signal has come. */
  stop(why: string): Promise<RunEnd> {
    return this.world.signal.aborted ? this.leave() : this.hold(`not all targets are in reach: ${why}`);
  }

  /** Holds the rollout at all targets in reach, at a weight of at most `maxWeightUnattended`. */
  async hold(reason: string): Promise<RunEnd> {
    const { step, weights } = this.record;
    const changed = await this.change(
      (record) => {
        // The records of the other targets may lack the step.
        const before = record.state === 'running' ? { ...record, step, weights } : record;
        const { runner: _, ...held } = stopAttempt(
          lowerWeights(before, this.rollout),
          'held',
          reason,
          this.now,
        );
        return held;
      },
      { weights: true, partly: true },
    );
    if (changed.state === 'left') return replaced(changed.record);
    const { rollout } = this.record;
    const ways = `mesh canary resume, promote or abort ${rollout}`;
    if (changed.state !== 'written') {
      const record = { ...this.record, state: 'held', reason } as const;
      const message = `${reason}; ${changed.message} (${ways})`;
      return this.#end(record, { exitCode: exit.undecided, message });
    }
    await this.#noteLowered(changed.record);
    const message = `${reason}; it stays where it is (${ways})`;
    return this.#end(changed.record, { exitCode: exit.undecided, message });
  }

  /**
   * Ends the run on a signal with one write, which removes the runner and lowers the weight to at most
   * `maxWeightUnattended`.
   */
  async leave(): Promise<RunEnd> {
    const isTerminated = this.world.signal.reason === exit.terminated;
    const reason = isTerminated ? 'terminated' : 'interrupted';
    const most = this.rollout.maxWeightUnattended;
    const isHigh = Object.values(this.record.weights).some((weight) => weight > most);
    const left = await this.change(
      (record) => {
        const { runner: _, ...gone } = lowerWeights(record, this.rollout);
        return { ...gone, reason: `the runner was ${reason}`, changed: this.now };
      },
      { weights: isHigh, partly: true },
    );
    if (isHigh && left.state === 'written') await this.#noteLowered(left.record);
    const exitCode = isTerminated ? exit.terminated : exit.interrupted;
    return { exitCode, message: `${reason}: mesh canary run goes on with it` };
  }

  show(detail?: string): void {
    const { record } = this;
    this.world.show({ type: 'rollout', record, ...(detail !== undefined && { detail }) });
  }

  /** Returns the key of a transition. Each try, and a later runner that writes the step again, have the same key. */
  key(transition: string): string {
    const { rollout, attempt, step } = this.record;
    return `${rollout}/${String(attempt)}/${String(step)}/${transition}`;
  }

  /** Adds the record's weights to the journal, since they are in force and differ from those of a step. */
  noteWeights(): Promise<void> {
    const { t, record } = this;
    const lines = this.rollout.services.map((service) => {
      return { t, service, weight: record.weights[service] ?? 0 };
    });
    return this.add(...lines);
  }

  async #noteLowered(record: RolloutRecord): Promise<void> {
    this.record = record;
    const most = this.rollout.maxWeightUnattended;
    if (
      this.rollout.services.some((id) =>
        this.progress.judge.parts.some((part) => (part.service ?? id) === id && part.weight > most),
      )
    )
      await this.noteWeights();
  }

  #notBack(message: string): RunEnd {
    return {
      exitCode: exit.unrecovered,
      message: `the rollback is not confirmed: ${message} (mesh canary run ${this.rollout.id} tries again)`,
    };
  }

  #end(record: RolloutRecord, end: RunEnd): RunEnd {
    this.record = record;
    this.show();
    // A rollout may hold several times, so each hold has its own key.
    const transition = record.state === 'held' ? `held-${String(record.deadlineFrom ?? 0)}` : 'end';
    this.world.tell({ on: 'end', key: this.key(transition), record, detail: end.message });
    return end;
  }
}
