import type { ExitCode } from '../../../src/core/exit-code.ts';
import { Ledger } from '../../../src/core/history/ledger.ts';
import type { Observed } from '../../../src/core/history/observed.ts';
import { ulid } from '../../../src/core/history/ulid.ts';
import type { Lease } from '../../../src/core/lock/lease.ts';
import { takeLock } from '../../../src/core/lock/take-lock.ts';
import type { OutputDriver } from '../../../src/core/outputs/output-driver.ts';
import { assemblePlan, type PlannedTarget } from '../../../src/core/plan/assemble-plan.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Revision } from '../../../src/core/revision/revision.ts';
import type { Event } from '../../../src/core/run/event.ts';
import { runDeliveries } from '../../../src/core/run/run-deliveries.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { Killed } from './meter.ts';
import { accepting, between } from './thing.ts';

export const inventory = 'shop.default.edge';

/** The result of a command. */
export interface Ran {
  readonly exitCode: ExitCode | 'killed';
  readonly events: readonly Event[];
}

/** A command to run. */
export interface Asked {
  readonly next: Revision;
  readonly command?: 'apply' | 'rollback';
  readonly rollbackOf?: string;
  readonly resumes?: boolean;
  /** Id of a lock to take over from its holder. */
  readonly force?: string;
  /** Called before each event is handled. */
  readonly onEvent?: (event: Event) => Promise<void>;
}

/** Processes of one machine that apply to one output; each of them can be killed. */
export class Runner {
  /** Values that the proxy rejects. */
  readonly rejects = new Set<string>();
  private readonly open: () => OutputDriver;
  private readonly dead = new Set<number>();
  private pid = 0;
  private time = Date.UTC(2026, 0);

  /** `open` opens the output as a new process does. */
  constructor(open: () => OutputDriver) {
    this.open = open;
  }

  get output(): OutputDriver {
    return this.open();
  }

  observed(): Promise<Observed> {
    return this.open().observe(inventory, []);
  }

  /** Returns the plan of an apply, and the values that it starts from. */
  async planned(next: Revision): Promise<{ readonly target: PlannedTarget; readonly plan: Plan }> {
    const observed = await this.observed();
    const plan = await this.open().plan(observed, next, this.clock.now(), undefined);
    const target = { name: 'edge', observed, next, plan };
    return { target, plan: assemblePlan([target], 'mesh/0', {}) };
  }

  /** Takes the lock, carries out a run, and releases the lock unless the process is killed. */
  async run(asked: Asked): Promise<Ran> {
    const events: Event[] = [];
    const self = ++this.pid;
    try {
      const lease = await this.locked(self, asked.force);
      const exitCode = await this.carriedOut(lease, asked, self, events);
      await lease.release();
      return { exitCode, events };
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      return { exitCode: 'killed', events };
    } finally {
      this.dead.add(self);
    }
  }

  /** Takes the lock and keeps it. */
  locked(pid = ++this.pid, force?: string): Promise<Lease> {
    return this.lockOf(pid, force);
  }

  private async lockOf(pid: number, force: string | undefined): Promise<Lease> {
    const output = this.open();
    const usedEpoch = (await new Ledger(output.store).readState())?.epoch ?? (await output.lastEpoch());
    const id = String(pid);
    const taken = await takeLock(
      output.lock,
      {
        id,
        holder: `${id}@here`,
        tool: 'mesh/0',
        command: 'apply',
        ttl: 30_000,
        usedEpoch,
        ...(force !== undefined && { force }),
      },
      {
        // The clock of a lock stands still, so that no heartbeat is sent and no lease expires.
        clock: { now: () => new Date(0), monotonic: () => 0, sleep: untilAborted },
        processes: {
          self: { host: 'here', machine: 'here', pid },
          isGone: (other) => Promise.resolve(this.dead.has(other.pid)),
        },
        signal: new AbortController().signal,
        onWatch: () => undefined,
      },
    );
    if (taken.state !== 'taken') throw new Error(`the lock is ${taken.state}`);
    return taken.lease;
  }

  private async carriedOut(
    lease: Lease,
    { next, command = 'apply', rollbackOf, resumes = false, onEvent }: Asked,
    pid: number,
    events: Event[],
  ): Promise<ExitCode> {
    const output = this.open().guarded(() => lease.permit());
    await output.protect();
    const observed = await output.observe(inventory, []);
    if (observed.foreign.length > 0) throw new Error(JSON.stringify(observed.foreign));
    const plan = await output.plan(observed, next, this.clock.now(), undefined);
    const target = { name: 'edge', observed, next, plan };
    const running = runDeliveries(
      [
        {
          ...target,
          output,
          epoch: lease.epoch,
          target: { between, acceptance: accepting(this.rejects) },
          lower: () => next.artifacts,
          materials: [],
          ...(resumes && observed.journal && { resumes: observed.journal }),
        },
      ],
      {
        id: ulid(this.clock.now(), new Uint8Array(10).fill(pid)),
        command,
        started: this.clock.now().toISOString(),
        actor: 'test@here',
        tool: 'mesh/0',
        specDigest: '0',
        planId: assemblePlan([target], 'mesh/0', {}).planId,
        ...(rollbackOf !== undefined && { rollbackOf }),
      },
      {
        clock: this.clock,
        admin: { get: () => Promise.resolve({ state: 'absent' }) },
        timeout: 10_000,
        signal: new AbortController().signal,
      },
    );
    for (;;) {
      const step = await running.next();
      if (step.done) return step.value;
      events.push(step.value);
      await onEvent?.(step.value);
    }
  }

  /** A clock on which waits take no time. */
  private readonly clock: Clock = {
    now: () => new Date((this.time += 1)),
    monotonic: () => this.time,
    sleep: (milliseconds) => {
      this.time += milliseconds;
      return new Promise((done) => setImmediate(done));
    },
  };
}

function untilAborted(_: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal?.aborted) done();
    signal?.addEventListener('abort', () => done());
  });
}
