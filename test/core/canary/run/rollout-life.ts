import { carryOutCommand } from '../../../../src/commands/canary/carry-out-command.ts';
import { guardRollout } from '../../../../src/commands/canary/guard-rollout.ts';
import type { Move } from '../../../../src/commands/canary/roll-back-alone.ts';
import type { RecordedRollout } from '../../../../src/commands/canary/rollout-outputs.ts';
import { recordsAfterApply } from '../../../../src/core/canary/record/records-after-apply.ts';
import { recordsAfterRollback } from '../../../../src/core/canary/record/records-after-rollback.ts';
import {
  type RolloutCommand,
  type RolloutRecord,
} from '../../../../src/core/canary/record/rollout-record.ts';
import { RolloutRecords } from '../../../../src/core/canary/record/rollout-records.ts';
import type { RunEnd } from '../../../../src/core/canary/run/run-end.ts';
import { startOf } from '../../../../src/core/canary/run/start-of.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { PortError } from '../../../../src/ports/port-error.ts';
import type { SmallWorld } from './small-world.ts';

/** Somebody's action on a rollout. */
export type Action =
  | { readonly do: 'pause' | 'resume' | 'promote' | 'abort'; readonly full?: boolean }
  | { readonly do: 'guard' | 'apply' | 'rollback' | 'restart' }
  /** Weights that somebody else writes past `mesh`. */
  | { readonly do: 'drift'; readonly weight: number }
  | { readonly do: 'wait'; readonly seconds: number };

/** A run, its kill at a boundary, and the actions of others during its sleeps. */
export interface Run {
  readonly do: 'run';
  readonly retry: boolean;
  readonly killAt?: number;
  readonly during: readonly { readonly sleep: number; readonly action: Action }[];
}

/** The number of a runner's sleeps after which a signal ends it. */
const patience = 500;

/** The life of one rollout in the small world, by the code of the commands. */
export class RolloutLife {
  readonly world: SmallWorld;
  #runs = 0;

  constructor(world: SmallWorld) {
    this.world = world;
  }

  async take(action: Action | Run): Promise<void> {
    await (action.do === 'run' ? this.run(action) : this.act(action));
  }

  /** Runs as `mesh canary run` does; returns undefined if the process was killed. */
  async run({ retry, killAt, during }: Omit<Run, 'do'>): Promise<RunEnd | undefined> {
    const { world } = this;
    const record = await world.record();
    const before = { id: world.rollout.id, judged: world.judged, record, lines: await this.#lines(record) };
    const start = startOf(before, world.clock.now(), { retry });
    if (start.type === 'ended') return start.end;
    let sleeps = 0;
    const stop = new AbortController();
    world.onSleep = async () => {
      sleeps += 1;
      // A paused rollout waits for ever: the machine of the runner is shut down.
      if (sleeps === patience) stop.abort(143);
      for (const { sleep, action } of during) if (sleep === sleeps) await this.act(action);
    };
    this.#runs += 1;
    const id = `run-${String(this.#runs)}`;
    try {
      return killAt === undefined ? await world.run(id, stop.signal) : await world.runKilled(id, killAt);
    } catch (error) {
      // Another runner has taken the journal over in the meantime.
      if (!(error instanceof PortError)) throw error;
      return { exitCode: error.exitCode, message: error.message };
    } finally {
      world.onSleep = undefined;
    }
  }

  async act(action: Action): Promise<RunEnd | undefined> {
    const { world } = this;
    const { clock } = world;
    const record = await world.record();
    switch (action.do) {
      case 'wait':
        world.now += action.seconds * 1000;
        return undefined;
      case 'drift':
        world.moves.push({ at: world.now, weights: { 'shop/reviews': action.weight } });
        world.applied.push({ at: world.now, weight: action.weight });
        return undefined;
      case 'apply':
        world.apply(record ?? { state: 'rolled-back', weights: {} });
        return undefined;
      case 'restart':
      case 'rollback': {
        const now = clock.now().toISOString();
        const records = record === undefined ? [] : [record];
        const changed =
          action.do === 'rollback'
            ? recordsAfterRollback(this.#ir, records, now)
            : recordsAfterApply({ ...this.#ir, ...this.#otherSpec() }, records, now).written;
        for (const one of changed) await this.#write(one);
        const next = await world.record();
        world.apply(next ?? { state: 'rolled-back', weights: {} });
        return undefined;
      }
      case 'guard':
        return record && guardRollout(await this.#found(record), clock, this.#move);
      case 'pause':
      case 'resume':
      case 'promote':
      case 'abort': {
        if (record === undefined) return undefined;
        const { do: command, full } = action;
        const words = { action: command satisfies RolloutCommand['action'], ...(full === true && { full }) };
        return carryOutCommand(words, await this.#found(record), { clock, actor: 'ann@laptop' }, this.#move);
      }
    }
  }

  /** Returns the share by the record, in per cent. */
  async explained(): Promise<number> {
    const record = await this.world.record();
    if (record?.state === 'promoted') return 100;
    return record?.weights['shop/reviews'] ?? 0;
  }

  get #ir(): Ir {
    const { rollout } = this.world;
    return {
      rollouts: { [rollout.id]: rollout },
      services: {},
      externals: {},
      gateways: {},
    } as unknown as Ir;
  }

  /** Changes the spec so that it judges something else. */
  #otherSpec(): Partial<Ir> {
    this.world.judged = `${this.world.judged}+`;
    return {};
  }

  readonly #move: Move = (change, reach) =>
    this.world.world(new AbortController().signal).change((record) => record && change(record), reach);

  async #found(record: RolloutRecord): Promise<RecordedRollout> {
    const { rollout } = this.world;
    const lines = await this.#lines(record);
    return { id: rollout.id, record, lines, rollout, outputs: [], missing: [] };
  }

  async #lines(record: RolloutRecord | undefined): Promise<RecordedRollout['lines']> {
    const { world } = this;
    return record === undefined ? [] : world.world(new AbortController().signal).journal(record.attempt);
  }

  #write(record: RolloutRecord): Promise<void> {
    return new RolloutRecords(this.world.store).write(record);
  }
}
