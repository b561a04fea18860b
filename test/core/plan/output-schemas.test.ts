import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import { Ledger } from '../../../src/core/history/ledger.ts';
import { DirectoryStore } from '../../../src/core/outputs/directory/directory-store.ts';
import { observe } from '../../../src/core/outputs/directory/observe.ts';
import { assemblePlan } from '../../../src/core/plan/assemble-plan.ts';
import { planTarget } from '../../../src/core/plan/plan-target.ts';
import { stamped } from '../../../src/core/run/stamped-event.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Directory } from '../../../src/ports/directory.ts';
import { eventJson } from '../../../src/ui/event-json.ts';
import { historyJson } from '../../../src/ui/history-json.ts';
import { planJson } from '../../../src/ui/plan-json.ts';
import { applied } from '../run/delivering.ts';
import { handMade } from '../run/hand-made.ts';

const subject = 'spiffe://shop.example/ns/shop/sa/client';
const base = { admin: 1, outbound: 2, clusters: { v1: 3 }, weights: { v1: 1 }, certificate: subject };
const first = handMade(base);
const second = handMade({ ...base, clusters: { v2: 4 }, weights: { v2: 1 }, listener: 'x' });
const clock = fast();

/** Returns a clock that advances by a second at each read. */
function fast(): Clock {
  let time = Date.now();
  const look = (): number => (time += 1000);
  return { now: () => new Date(look()), monotonic: look, sleep: () => Promise.resolve() };
}

let root: string;
let directory: Directory;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'meshwright-schemas-'));
  directory = await outputDirectory(root, 'out');
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function problems(schema: string, text: string): unknown {
  const ajv = new Ajv2020({ strict: false });
  // The other schemas refer to the definitions of a plan.
  for (const name of new Set(['plan', schema]))
    ajv.addSchema(JSON.parse(readFileSync(`schemas/output/${name}.json`, 'utf8')), name);
  const validate = ajv.getSchema(schema);
  if (validate === undefined) throw new Error(`there is no schema ${schema}`);
  return validate(JSON.parse(text)) ? [] : validate.errors;
}

async function planned(next: typeof first): Promise<string> {
  const observed = await observe(directory, 'shop.default.edge', directory.path);
  const plan = planTarget(observed, next, new Date());
  return planJson(
    assemblePlan([{ name: 'edge', observed, next, plan }], 'mesh/0', { commit: 'abc', dirty: false }),
  );
}

test('plans, events and history conform to their schemas', async () => {
  const material = { proxy: 'client', text: 'k', fingerprint: 'ab', notAfter: new Date(Date.now() + 1e9) };
  expect(problems('plan', await planned(first))).toEqual([]);
  const { events, outcome } = await applied(directory, {
    next: first,
    materials: [material],
    around: { clock },
  });
  const change = JSON.parse(await planned(second));
  expect(problems('plan', JSON.stringify(change))).toEqual([]);
  expect(change.targets.edge).not.toHaveProperty('access');
  expect(change.targets.edge).not.toHaveProperty('routing');
  const more = await applied(directory, { next: second, around: { clock } });
  const end = { type: 'end' as const, outcome, exitCode: 0 as const, counts: change.counts };
  const all = [...events, ...more.events, end];
  expect(new Set(all.map(({ type }) => type))).toEqual(
    new Set(['certificate', 'switch', 'proxy', 'change', 'end']),
  );
  for (const [i, event] of all.entries()) {
    const line = eventJson(stamped(event, i + 1, new Date(), '01ARYZ6S410000000000000000'));
    expect(problems('events', line), line).toEqual([]);
  }
  const ledger = new Ledger(new DirectoryStore(directory));
  const text = historyJson({
    edge: { applied: (await ledger.readState())?.applied ?? '', entries: await ledger.entries() },
  });
  expect(problems('history', text)).toEqual([]);
  expect(JSON.parse(text).targets.edge.entries).toHaveLength(2);
});

test('the id of a plan is the same for the same plan, and different for another', async () => {
  const id = async (next: typeof first): Promise<string> => JSON.parse(await planned(next)).planId;
  expect(await id(second)).toBe(await id(second));
  expect(await id(first)).not.toBe(await id(second));
});
