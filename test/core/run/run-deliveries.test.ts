import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { Ledger } from '../../../src/core/history/ledger.ts';
import { DirectoryOutput } from '../../../src/core/outputs/directory/directory-output.ts';
import { DirectoryStore } from '../../../src/core/outputs/directory/directory-store.ts';
import { observe } from '../../../src/core/outputs/directory/observe.ts';
import { planTarget } from '../../../src/core/plan/plan-target.ts';
import type { Revision } from '../../../src/core/revision/revision.ts';
import type { Delivery, Run } from '../../../src/core/run/delivery.ts';
import type { Event } from '../../../src/core/run/event.ts';
import { runDeliveries } from '../../../src/core/run/run-deliveries.ts';
import envoy from '../../../src/core/targets/envoy/index.ts';
import type { Directory } from '../../../src/ports/directory.ts';
import type { ProxyAdmin } from '../../../src/ports/proxy-admin.ts';
import { applied } from './delivering.ts';
import { handMade } from './hand-made.ts';

const base = { outbound: 2, clusters: { v1: 3 }, weights: { v1: 1 } };

async function output(): Promise<Directory> {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-run-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return outputDirectory(root, 'out');
}

async function delivery(name: string, directory: Directory, next: Revision): Promise<Delivery> {
  const observed = await observe(directory, 'shop.default.edge', directory.path);
  return {
    name,
    observed,
    next,
    plan: planTarget(observed, next, systemClock.now()),
    output: new DirectoryOutput(directory),
    epoch: observed.state.epoch + 1,
    target: envoy,
    lower: () => next.artifacts,
    materials: [],
  };
}

const run: Run = {
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  command: 'apply',
  started: '2026-01-01T00:00:00.000Z',
  actor: 'test@here',
  tool: 'mesh/0',
  specDigest: '0',
  planId: '0',
};

/** At port 1 somebody listens without answering; at other ports nobody listens. */
const admin: ProxyAdmin = {
  get: (address) => Promise.resolve({ state: address.endsWith(':1') ? 'silent' : 'absent' }),
};

let time = 0;
/** A clock that advances by a second at each read. */
const clock = { ...systemClock, monotonic: () => (time += 1000), sleep: () => Promise.resolve() };

async function ran(deliveries: readonly Delivery[]) {
  const around = { clock, admin, timeout: 60_000, signal: new AbortController().signal };
  const running = runDeliveries(deliveries, run, around);
  const events: Event[] = [];
  for (;;) {
    const step = await running.next();
    if (step.done) return { exitCode: step.value, end: events.at(-1) };
    events.push(step.value);
  }
}

test('a target without changes whose proxy does not answer ends the run before the next target is written', async () => {
  const [silent, other] = [await output(), await output()];
  const quiet = handMade({ ...base, admin: 1 });
  await applied(silent, { next: quiet, around: { clock } });
  const first = handMade({ ...base, admin: 5 });
  const changed = handMade({ ...base, admin: 5, weights: { v1: 2 } });
  await applied(other, { next: first, around: { clock } });
  const before = await other.linkTarget('config/current');
  const { exitCode, end } = await ran([
    await delivery('one', silent, quiet),
    await delivery('two', other, changed),
  ]);
  expect(exitCode).toBe(9);
  expect(end).toMatchObject({ outcome: { result: 'unconfirmed', cause: { code: 9 } } });
  expect(await other.linkTarget('config/current')).toBe(before);
  expect((await new Ledger(new DirectoryStore(other)).entries()).map(({ outcome }) => outcome)).toEqual([
    'succeeded',
    'refused',
  ]);
});

test('a run that writes one target and has no changes for another has succeeded', async () => {
  const [same, other] = [await output(), await output()];
  const next = handMade({ ...base, admin: 5 });
  await applied(same, { next, around: { clock } });
  const { exitCode, end } = await ran([
    await delivery('two', other, next),
    await delivery('one', same, next),
  ]);
  // No proxy runs here, so none has answered.
  expect([exitCode, end]).toEqual([
    0,
    expect.objectContaining({ outcome: { result: 'succeeded', unseen: ['client'] } }),
  ]);
});
