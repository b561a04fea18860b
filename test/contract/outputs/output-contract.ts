import { describe, expect, test } from 'vitest';
import { earlier } from '../../../src/core/history/earlier.ts';
import type { HistoryEntry } from '../../../src/core/history/entry.ts';
import { holdAgainst } from '../../../src/core/history/hold.ts';
import { isOpen, readJournal } from '../../../src/core/history/journal.ts';
import { Ledger } from '../../../src/core/history/ledger.ts';
import type { OutputDriver } from '../../../src/core/outputs/output-driver.ts';
import { changesSinceSaved } from '../../../src/core/plan/changes-since-saved.ts';
import { pruneGuards } from '../../../src/core/plan/prune-guards.ts';
import { absent, savedPlan, targetChecks } from '../../../src/core/plan/saved-plan.ts';
import type { Revision } from '../../../src/core/revision/revision.ts';
import { revisionDigest } from '../../../src/core/revision/revision-files.ts';
import type { Event } from '../../../src/core/run/event.ts';
import type { Meter, Moment } from './meter.ts';
import { inventory, Runner } from './runner.ts';
import { revisionOf } from './thing.ts';

/** An output under the contract, in a world that can be stopped and observed. */
export interface OutputWorld {
  readonly meter: Meter;
  /** Runs are killed at every nth write; 1 if absent. */
  readonly stride?: number;
  /** Opens the output, as a new process does. */
  open(): OutputDriver;
  /** Returns the configuration that proxies read; it can be compared with that of another world of the same kind. */
  seen(): Promise<unknown>;
  /** Returns the marks of the steps of which any part is in the output. */
  marks(): Promise<readonly string[]>;
  /** Changes something that the last run wrote. */
  alter(): Promise<void>;
  /** Puts something else in force, as somebody who doesn't know this tool may do. */
  displace(): Promise<void>;
}

/** Properties of an output for which some tests of the contract have no subject. */
export interface OutputTraits {
  /** True if the output asks no proxies, so that no step can be rejected. */
  readonly asksNobody?: boolean;
  /** True if outputs of several inventories share a place without conflict. */
  readonly isShared?: boolean;
}

const a = revisionOf({ kept: 1, changed: 1, gone: 1 });
const b = revisionOf({ kept: 1, changed: 2, added: 1 });

/** Returns true if a step and the records of its run are written together. */
function isOneWrite(world: OutputWorld): boolean {
  return world.open().flush !== undefined;
}

/** Returns the records as a new process reads them. */
function ledgerOf(world: OutputWorld): Ledger {
  return new Ledger(world.open().store);
}

/** Declares the tests of any output, with engine and driver together. */
export function outputContract(
  name: string,
  make: () => OutputWorld | Promise<OutputWorld>,
  { asksNobody = false, isShared = false }: OutputTraits = {},
): void {
  /** Returns the configuration that proxies read once a revision is in force, in a world without failures. */
  function seenOf(next: Revision): Promise<unknown> {
    const known = seen.get(next) ?? appliedAlone(next);
    seen.set(next, known);
    return known;
  }

  const seen = new Map<Revision, Promise<unknown>>();

  async function appliedAlone(next: Revision): Promise<unknown> {
    const world = await make();
    await new Runner(() => world.open()).run({ next });
    return world.seen();
  }

  async function at(...revisions: readonly Revision[]) {
    const world = await make();
    const runner = new Runner(() => world.open());
    for (const next of revisions) expect((await runner.run({ next })).exitCode).toBe(0);
    return { world, runner };
  }

  /** Expects that no step is left, and that `next` is applied. */
  async function expectWhole(world: OutputWorld, next: Revision): Promise<void> {
    const output = world.open();
    const { state, current, altered, foreign, journal } = await output.observe(inventory, []);
    expect({ altered, foreign }).toEqual({ altered: [], foreign: [] });
    expect(current?.compiled).toBe(revisionDigest(next.artifacts));
    expect(journal && isOpen(journal)).toBe(false);
    const entries = await new Ledger(output.store).entries();
    const applied = entries.find(({ id }) => id === state.applied);
    expect(applied).toMatchObject({ outcome: 'succeeded', digests: { compiled: current?.compiled } });
    expect(entries.filter(({ outcome }) => outcome === 'running')).toEqual([]);
    expect(await world.seen()).toEqual(await seenOf(next));
  }

  describe(`an output ${name}`, () => {
    test('has the applied revision, and a second apply writes nothing that proxies read', async () => {
      const { world, runner } = await at(a);
      await expectWhole(world, a);
      const again = await runner.run({ next: a });
      expect(again.events.map(({ type }) => type)).toEqual(asksNobody ? ['end'] : ['proxy', 'end']);
      const counted = isOneWrite(world) ? {} : { unchanged: { times: 1 } };
      expect(await ledgerOf(world).entries()).toMatchObject([{ outcome: 'succeeded', ...counted }]);
      expect((await runner.run({ next: b })).exitCode).toBe(0);
      await expectWhole(world, b);
      const entries = await ledgerOf(world).entries();
      expect(entries.map(({ parent }) => parent)).toEqual([undefined, entries[0]?.id]);
    });

    test('is not changed by observing', async () => {
      const { world } = await at(a, b);
      const before = world.meter.writes;
      const output = world.open();
      const observed = await output.observe(inventory, []);
      await output.drift(observed);
      await output.obstacles([]);
      await output.inForce();
      await output.recorded(observed.current?.name ?? '');
      await output.plan(observed, a, new Date(), undefined);
      expect(world.meter.writes).toBe(before);
    });

    test('that was looked at ahead of a run is read again only if another run has written since', async ({
      skip,
    }) => {
      const { world, runner } = await at(a);
      const output = world.open();
      if (output.lookAhead === undefined) return skip();
      await output.lookAhead(true);
      expect((await runner.run({ next: b })).exitCode).toBe(0);
      await output.obstacles([]);
      const late = await new Runner(() => output).run({ next: b });
      expect(late.events.map(({ type }) => type)).toEqual(['end']);
      await expectWhole(world, b);

      await output.lookAhead(true);
      await output.obstacles([]);
      expect((await new Runner(() => output).run({ next: a })).exitCode).toBe(0);
      await expectWhole(world, a);
    });

    describe.each(['before', 'within', 'after'] satisfies readonly Moment[])(
      'killed %s a write',
      (moment) => {
        test.each([
          ['the first apply', [] as readonly Revision[], a],
          ['a change', [a], b],
          ['a removal of all objects except one', [b], revisionOf({ kept: 1 })],
        ] as const)('%s ends the same after a resume, at every write', async (_, before, next) => {
          for (let write = 1; ; ) {
            const { world, runner } = await at(...before);
            world.meter.killAt(write, moment);
            const { exitCode } = await runner.run({ next });
            world.meter.calm();
            await expectResumed(world, runner, next, String(write));
            if (exitCode !== 'killed') return;
            write += world.stride ?? 1;
          }
        });

        test('at any write, a plain apply afterwards completes the change as if there had been no kill', async () => {
          for (let write = 1; ; ) {
            const { world, runner } = await at(a);
            world.meter.killAt(write, moment);
            const { exitCode } = await runner.run({ next: b });
            world.meter.calm();
            expect((await runner.run({ next: b })).exitCode, String(write)).toBe(0);
            await expectWhole(world, b);
            if (exitCode !== 'killed') return;
            write += world.stride ?? 1;
          }
        });

        test('a resume that is killed, too, is resumed', async () => {
          for (let write = 1; ; ) {
            const { world, runner } = await at(a);
            // Kill the run in the middle of its steps, if it has a middle.
            world.meter.killAt(isOneWrite(world) ? 1 : 12, moment);
            expect((await runner.run({ next: b })).exitCode).toBe('killed');
            world.meter.calm();
            const resumes = await isLeftOpen(world);
            world.meter.killAt(write, moment);
            const { exitCode } = await runner.run({ next: b, resumes });
            world.meter.calm();
            await expectResumed(world, runner, b, String(write));
            if (exitCode !== 'killed') return;
            write += world.stride ?? 1;
          }
        });
      },
    );

    async function expectResumed(
      world: OutputWorld,
      runner: Runner,
      next: Revision,
      at_: string,
    ): Promise<void> {
      const resumes = await isLeftOpen(world);
      expect((await runner.run({ next, resumes })).exitCode, at_).toBe(0);
      await expectWhole(world, next);
    }

    async function isLeftOpen(world: OutputWorld): Promise<boolean> {
      const journal = await readJournal(world.open().store);
      return journal !== undefined && isOpen(journal);
    }

    test.skipIf(asksNobody)('a step that a proxy rejects is undone', async () => {
      const { world, runner } = await at(a);
      runner.rejects.add('2');
      const { exitCode, events } = await runner.run({ next: b });
      expect(exitCode).toBe(8);
      expect(events.filter(({ type }) => type === 'switch').at(-1)).toMatchObject({ stage: 'back' });
      expect(await world.seen()).toEqual(await seenOf(a));
      expect((await ledgerOf(world).entries()).at(-1)).toMatchObject({ outcome: 'incomplete' });
      runner.rejects.clear();
      expect((await runner.run({ next: a })).exitCode).toBe(0);
      await expectWhole(world, a);
    });

    test('a held lock is not taken, and a lock that is taken over stops its holder', async () => {
      const { world, runner } = await at(a);
      const lease = await runner.locked(1000);
      // A push that has not been made holds no lock.
      if (!isOneWrite(world)) await expect(runner.run({ next: b })).rejects.toThrow('the lock is held');
      await lease.release();
      const events: Event[] = [];
      const first = await runner.run({
        next: b,
        onEvent: async (event) => {
          events.push(event);
          // Take the lock right after the first step, and go back to the previous revision.
          if (events.filter(({ type }) => type === 'switch').length === 1 && event.type === 'switch') {
            const { lock } = world.open();
            const [epoch = 0] = (await lock.epochs()).slice(-1);
            const { id: force } = JSON.parse((await lock.read(epoch)) ?? '{}') as { readonly id?: string };
            expect((await runner.run({ next: a, ...(force !== undefined && { force }) })).exitCode).toBe(0);
          }
        },
      });
      expect(first.exitCode).toBe(8);
      expect(first.events.at(-1)).toMatchObject({ outcome: { result: 'incomplete', cause: { code: 6 } } });
      await expectWhole(world, a);
    });

    test.skipIf(asksNobody)(
      'another step that somebody puts in force right after the last step is detected',
      async () => {
        const { world, runner } = await at(a);
        const last = async (event: Event): Promise<void> => {
          if (event.type === 'proxy' && (await world.open().inForce()) === (await lastMark(world)))
            await world.displace();
        };
        const { exitCode, events } = await runner.run({ next: b, onEvent: last });
        expect(exitCode).toBe(8);
        expect(events.at(-1)).toMatchObject({ outcome: { result: 'incomplete', cause: { code: 6 } } });
      },
    );

    async function lastMark(world: OutputWorld): Promise<string | undefined> {
      return (await readJournal(world.open().store))?.begin.stages.at(-1)?.folder;
    }

    test('a part that was changed by hand is detected, reported as drift, and written again', async () => {
      const { world, runner } = await at(a, b);
      await world.alter();
      const observed = await runner.observed();
      expect(observed.altered).toHaveLength(1);
      expect(await world.open().drift(observed)).toHaveLength(1);
      expect((await runner.run({ next: b })).exitCode).toBe(0);
      await expectWhole(world, b);
    });

    test.skipIf(isShared)('an output of another inventory is refused', async () => {
      const { world } = await at(a);
      const { foreign, state } = await world.open().observe('shop.prod.edge', []);
      expect(foreign).toHaveLength(1);
      expect(state.inventory).toBe(inventory);
    });

    test('a rollback holds its revision until an apply compiles to it', async () => {
      const { world, runner } = await at(a, b);
      const [first] = (await ledgerOf(world).entries()) as [HistoryEntry];
      expect((await runner.run({ next: a, command: 'rollback', rollbackOf: first.id })).exitCode).toBe(0);
      await expectWhole(world, a);
      const { state } = await runner.observed();
      expect(state.hold).toMatchObject({ entry: first.id, by: 'test@here' });
      expect(holdAgainst(state, b)).toBeDefined();
      expect(holdAgainst(state, a)).toBeUndefined();
      expect((await runner.run({ next: a })).exitCode).toBe(0);
      expect((await runner.observed()).state.hold).toBeUndefined();
    });

    test('the rollback of a rollback restores the revision before it, only from the records of the output', async () => {
      const { world, runner } = await at(a, b);
      for (const expected of [a, b, a]) {
        const ledger = ledgerOf(world);
        const applied = (await ledger.readState())?.applied;
        const found = earlier(await ledger.entries(), applied, undefined);
        if ('missing' in found) throw new Error(found.missing);
        const next = await ledger.readSnapshot(found.entry.snapshot);
        expect(next?.artifacts).toEqual(expected.artifacts);
        const { exitCode } = await runner.run({
          next: next!,
          command: 'rollback',
          rollbackOf: found.entry.id,
        });
        expect(exitCode).toBe(0);
        await expectWhole(world, expected);
      }
    });

    test('ten runs are kept, with their snapshots, and no other steps', async () => {
      const { world, runner } = await at();
      const marks: string[] = [];
      for (let value = 1; value <= 14; value++) {
        const { events } = await runner.run({ next: revisionOf({ kept: 1, changed: value }) });
        for (const event of events) if (event.type === 'switch') marks.push(event.revision);
      }
      const ledger = ledgerOf(world);
      const entries = await ledger.entries();
      expect(entries).toHaveLength(10);
      for (const { snapshot } of entries) expect(await ledger.readSnapshot(snapshot)).toBeDefined();
      expect(new Set(marks).size).toBe(marks.length);
      const kept = await world.marks();
      expect(kept.length).toBeLessThanOrEqual(2);
      const output = world.open();
      const landings = await Promise.all(kept.map((mark) => output.recorded(mark)));
      const named = new Set([...entries, ...landings].map((one) => one!.snapshot));
      expect([...(await ledger.snapshots())].sort()).toEqual([...named].sort());
      expect(await world.open().store.list('journal')).toHaveLength(1);
    });

    test('a saved plan is valid until somebody else has applied, and stale afterwards', async () => {
      const { runner } = await at(a);
      const now = new Date(0);
      const look = async () => {
        const { target, plan } = await runner.planned(b);
        const allowed = { adopt: [] };
        const targets = targetChecks([target]);
        const checks = { tool: 'mesh/0', environment: 'default', allowed, spec: '0', targets };
        return { plan, checks, objects: targets['edge']?.objects ?? {} };
      };
      const then = await look();
      const saved = savedPlan(then.plan, then.checks, now);
      const there = (of: Readonly<Record<string, string>>) => (_: string, ref: string) => of[ref] ?? absent;
      expect(changesSinceSaved(saved, { ...then, there: there(then.objects) }, now)).toEqual([]);
      expect((await runner.run({ next: revisionOf({ changed: 7 }) })).exitCode).toBe(0);
      const fresh = await look();
      expect(changesSinceSaved(saved, { ...fresh, there: there(fresh.objects) }, now)).not.toEqual([]);
    });

    test('a plan that removes most objects breaks a guard', async () => {
      const { runner } = await at(a);
      const empty = await runner.planned(revisionOf({}));
      expect(pruneGuards(empty.target, undefined)).toMatchObject([{ rule: 'empty' }]);
      const most = await runner.planned(revisionOf({ kept: 1 }));
      expect(pruneGuards(most.target, undefined)).toMatchObject([{ rule: 'prune-percent' }]);
      expect(pruneGuards(most.target, 70)).toEqual([]);
    });
  });
}
