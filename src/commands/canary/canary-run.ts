import type { Invocation } from '../../command-table/invocation.ts';
import { jointRecord } from '../../core/canary/record/joint-record.ts';
import { judgedDigest } from '../../core/canary/record/judged-digest.ts';
import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { RolloutRecords } from '../../core/canary/record/rollout-records.ts';
import { takeAttempt } from '../../core/canary/run/attempt.ts';
import { EvidenceJournal } from '../../core/canary/run/evidence-journal.ts';
import { type RunEnd } from '../../core/canary/run/run-end.ts';
import { runRollout } from '../../core/canary/run/run-rollout.ts';
import type { ChangeRecord, RunnerWorld } from '../../core/canary/run/runner-world.ts';
import { startOf } from '../../core/canary/run/start-of.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { ulid } from '../../core/history/ulid.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import { countsOf } from '../../core/plan/assemble-plan.ts';
import type { HookProgram } from '../../ports/hook-program.ts';
import type { HookSender } from '../../ports/hook-sender.ts';
import type { MetricsSource } from '../../ports/metrics-source.ts';
import { PortError } from '../../ports/port-error.ts';
import type { OpenedStore } from '../../ports/spec-store.ts';
import type { DeliveringParts } from '../delivery/delivery-parts.ts';
import { EventLog } from '../delivery/event-log.ts';
import { compileSpec, type PlannedSpec, planSpec } from '../delivery/plan-spec.ts';
import { wantedFormats } from '../formats.ts';
import { meshOptions } from '../options.ts';
import { withStore } from '../with-store.ts';
import { chosenRollout } from './chosen-rollout.ts';
import { countedArms } from './counted-arms.ts';
import { foreignWeights } from './foreign-weights.ts';
import { type MetricsSources, sourcesOf } from './metrics-sources.ts';
import { type MovedOutputs, moveWeights, type WeightChange } from './move-weights.ts';
import { readEvidence } from './read-evidence.ts';
import { refuseCommands } from './refuse-commands.ts';
import { refuseEngine } from './refuse-engine.ts';
import { refuseOwned } from './refuse-owned.ts';
import { refuseStart } from './refuse-start.ts';
import { type RolloutHooks, rolloutHooks } from './rollout-hooks.ts';
import { shownEvent } from './shown-events.ts';
import { type PromotionParts, tellPromotion } from './tell-promotion.ts';
import { unguarded } from './unguarded.ts';

/** The parts of the world that running a rollout needs. */
export interface CanaryRunParts extends DeliveringParts, PromotionParts {
  readonly metrics: MetricsSources;
  readonly hooks: HookSender;
  readonly program: HookProgram;
}

/**
 * `mesh canary run`: moves the weights of a Rollout step by step, judged by what callers experience. Begins an attempt,
 * continues the attempt of a dead runner, or says how the attempt ended.
 */
export async function canaryRun(
  invocation: Invocation<'canary run'>,
  parts: CanaryRunParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const spec = await compileSpec(opened, invocation, parts);
    if ('exitCode' in spec) return spec.exitCode;
    if (spec.broken !== undefined && spec.broken.length > 0) return exit.refused;
    const all = Object.values(spec.ir.rollouts ?? {});
    const rollout = chosenRollout(all, invocation.arguments[0], 'the mesh');
    refuseEngine(rollout);
    const targets = rollout.targets.flatMap((name) =>
      spec.wanted.filter(({ config }) => config.name === name),
    );
    const planned = await planSpec({ ...spec, wanted: targets }, { adopt: [], prunePercent: 100 }, parts);
    const moved = {
      outputs: targets.map(({ config, output }) => ({ config, output })),
      ...{ ir: spec.ir, trust: spec.trust, root: opened.root },
    };
    const exitCode = await new RolloutRun(rollout, planned, moved, opened, invocation, parts).run();
    return exitCode === exit.success ? tellPromotion(opened, rollout, invocation, parts) : exitCode;
  });
}

type RunOptions = Invocation<'canary run'>;

/** One run of a Rollout of the spec. */
class RolloutRun {
  readonly #rollout: Rollout;
  readonly #planned: PlannedSpec;
  readonly #moved: MovedOutputs;
  readonly #opened: OpenedStore;
  readonly #options: RunOptions;
  readonly #parts: CanaryRunParts;
  readonly #log: EventLog;
  readonly #id: string;

  constructor(
    rollout: Rollout,
    planned: PlannedSpec,
    moved: MovedOutputs,
    opened: OpenedStore,
    options: RunOptions,
    parts: CanaryRunParts,
  ) {
    this.#rollout = rollout;
    this.#planned = planned;
    this.#moved = moved;
    this.#opened = opened;
    this.#options = options;
    this.#parts = parts;
    this.#id = ulid(parts.clock.now(), parts.entropy.bytes(10));
    this.#log = new EventLog(this.#id, options, parts);
  }

  async run(): Promise<ExitCode> {
    const { exitCode, message, reason = '' } = await this.#shown();
    const isSaid = reason !== '' && this.#log.hasSaid(reason);
    // The live view has ended, so the terminal is free.
    this.#parts.console.error(`${isSaid ? message.slice(0, -`: ${reason}`.length) : message}\n`);
    return exitCode;
  }

  async #shown(): Promise<RunEnd> {
    const { tool } = this.#parts;
    const { origin } = this.#planned;
    const start = { command: 'canary' as const, tool, revision: origin.commit ?? origin.specDigest };
    const sources = sourcesOf(this.#planned.ir, this.#rollout, this.#parts.metrics);
    try {
      const refused = await this.#refusal(sources);
      if (refused !== undefined) {
        this.#log.start(start);
        return this.#end(refused, 'refused');
      }
      this.#parts.console.error(
        `The way back at any time, from any machine: mesh canary abort ${this.#rollout.id}\n`,
      );
      await this.#log.watchRollout(start);
      return this.#end(await this.#attempt(sources), 'succeeded');
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      this.#log.start(start);
      return this.#end({ exitCode: error.exitCode, message: error.message }, 'failed');
    } finally {
      for (const source of sources) source.close?.();
      await this.#log.close();
    }
  }

  /**
   * Returns the reason why no attempt begins, or the end of the previous attempt; undefined if an attempt may begin.
   */
  async #refusal(sources: readonly MetricsSource[]): Promise<RunEnd | undefined> {
    const before = await this.#record();
    const judged = judgedDigest(this.#planned.ir, this.#rollout);
    const lines = before === undefined ? [] : await this.#journal(before.attempt);
    const known = startOf({ id: this.#rollout.id, judged, record: before, lines }, this.#parts.clock.now(), {
      retry: this.#options.retry === true,
    });
    if (known.type === 'ended') return known.end;
    // A rollback under way is finished whatever else is wrong.
    if (before?.state === 'rolling-back') return undefined;
    const unattended = await this.#unattended();
    return (
      refuseStart(this.#rollout, this.#planned, sources, unattended, this.#parts) ??
      (await this.#refuseCommands()) ??
      refuseOwned(this.#rollout, this.#planned, this.#parts)
    );
  }

  #refuseCommands(): Promise<RunEnd | undefined> {
    const { program } = this.#parts;
    return refuseCommands(this.#rollout, this.#planned, this.#opened, this.#options, program);
  }

  async #attempt(sources: readonly MetricsSource[]): Promise<RunEnd> {
    const judged = judgedDigest(this.#planned.ir, this.#rollout);
    const { actor, clock } = this.#parts;
    const take: ChangeRecord = (record, epoch) => {
      const runner = { id: this.#id, holder: actor, epoch };
      return takeAttempt(this.#rollout, judged, record, runner, clock.now().toISOString());
    };
    const taken = await this.#change({ change: take, weights: false });
    if (taken.state === 'unreachable') return { exitCode: taken.code, message: taken.message };
    if (taken.state !== 'written' || taken.record.runner === undefined)
      return { exitCode: exit.locked, message: 'the record of the rollout could not be taken' };
    const { record } = taken;
    const { hooks: sender, program } = this.#parts;
    const reach = { sender, program, root: this.#opened.root };
    const lost = (message: string) => this.#log.tell({ type: 'notice', message });
    const hooks = rolloutHooks(this.#rollout, reach, this.#parts, lost);
    const attempt = { rollout: this.#rollout, record, runner: taken.record.runner };
    try {
      return await runRollout(attempt, this.#world(sources, hooks));
    } finally {
      await hooks.close();
    }
  }

  #world(sources: readonly MetricsSource[], { tell, ask }: RolloutHooks): RunnerWorld {
    const { clock, signal } = this.#parts;
    const counted = countedArms(this.#rollout, this.#planned.wanted);
    return {
      clock,
      signal,
      record: () => this.#record(),
      change: (change, reach) => this.#change({ change, ...reach }),
      journal: (attempt) => this.#journal(attempt),
      append: (attempt, epoch, lines, before) => this.#evidence(attempt).append(epoch, lines, before),
      read: (t) => readEvidence(counted.arms, this.#rollout, sources, t, signal),
      moved: () => foreignWeights(this.#moved, this.#parts),
      unattended: () => this.#unattended(),
      ...{ tell, ask },
      show: (shown) => this.#log.tell(shownEvent(this.#rollout, shown)),
    };
  }

  /** Returns the reason why nobody would act if this process died; undefined if people or a guard would. */
  async #unattended(): Promise<string | undefined> {
    const { console, clock } = this.#parts;
    if (console.inputIsTerminal || this.#options.guardFollows === true) return undefined;
    return unguarded(this.#moved.outputs, clock.now());
  }

  #change(change: WeightChange): ReturnType<RunnerWorld['change']> {
    const tell = (event: Parameters<EventLog['tell']>[0]) => this.#log.tell(event);
    return moveWeights(this.#moved, this.#rollout.id, change, this.#options, this.#parts, tell);
  }

  async #record(): Promise<RolloutRecord | undefined> {
    const stores = this.#moved.outputs.map(({ output }) => new RolloutRecords(output.store));
    const found = await Promise.all(stores.map((store) => store.readNow(this.#rollout.id)));
    return jointRecord(found.flatMap((record) => record ?? []));
  }

  #journal(attempt: number): ReturnType<EvidenceJournal['lines']> {
    return this.#evidence(attempt).lines();
  }

  #evidence(attempt: number): EvidenceJournal {
    return new EvidenceJournal(this.#leader.store, this.#rollout.id, attempt);
  }

  get #leader() {
    const [first] = this.#moved.outputs;
    if (first === undefined)
      throw new PortError(`Rollout ${this.#rollout.id} runs in no target with an output`, exit.refused);
    return first.output;
  }

  #end(end: RunEnd, result: 'succeeded' | 'refused' | 'failed'): RunEnd {
    const { exitCode, message } = end;
    const done = exitCode === exit.success ? 'succeeded' : result === 'succeeded' ? 'failed' : result;
    const outcome = {
      result: done,
      ...(exitCode !== exit.success && { cause: { code: exitCode, message } }),
    } as const;
    this.#log.end({ outcome, exitCode, counts: countsOf([]) });
    return end;
  }
}
