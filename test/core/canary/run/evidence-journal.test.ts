import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { policyOf } from '../../../../src/core/canary/judge/policy-of.ts';
import { verdictOf } from '../../../../src/core/canary/judge/verdict-of.ts';
import { EvidenceJournal } from '../../../../src/core/canary/run/evidence-journal.ts';
import type { RolloutJournalLine } from '../../../../src/core/canary/run/journal-line.ts';
import { progressOf, takeLine } from '../../../../src/core/canary/run/progress.ts';
import { isAlive } from '../../../../src/core/canary/run/start-of.ts';
import type { StreamLine } from '../../../../src/core/evidence/stream-line.ts';
import { exit } from '../../../../src/core/exit-code.ts';
import type { BlobName } from '../../../../src/core/history/run-store.ts';
import { PortError } from '../../../../src/ports/port-error.ts';
import { MemoryStore } from '../../../contract/outputs/memory-store.ts';
import { Meter } from '../../../contract/outputs/meter.ts';
import { rollout } from '../rollouts.ts';

const base = rollout();
const name = base.id;
const policy = policyOf({ ...base, judge: { ...base.judge, latency: { quantile: 0.99, max: 300 } } });

/** A store that writes whole texts, as for Secrets, and refuses to overwrite a text that it hasn't read. */
class WholeStore extends MemoryStore {
  readonly dearAbove = 128 * 1024;
  longest = '';
  /** Called once before the next replace. */
  meanwhile: (() => Promise<void>) | undefined;
  readonly #read = new Map<BlobName, string | undefined>();

  override async read(blob: BlobName): Promise<string | undefined> {
    if (!this.#read.has(blob)) await this.refresh(blob);
    return this.#read.get(blob);
  }

  async refresh(blob: BlobName): Promise<void> {
    this.#read.set(blob, await super.read(blob));
  }

  override async replace(blob: BlobName, text: string): Promise<void> {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    if ((await super.read(blob)) !== this.#read.get(blob)) throw new PortError('moved', exit.locked);
    await super.replace(blob, text);
    this.#read.set(blob, text);
    if (text.length > this.longest.length) this.longest = text;
  }
}

const storeOf = (blobs: Map<string, string>) => new WholeStore(new Meter(), blobs, () => Promise.resolve());

/** The lines of a reading of so many instances of each arm, both as callers and as servers. */
function reading(round: number, instances: number): readonly RolloutJournalLine[] {
  const t = round * 5;
  const bounds = [5, 10, 25, 50, 100, 250, 300, 500, 1000, 2500];
  const lines: StreamLine[] = [];
  for (let i = 0; i < instances; i += 1)
    for (const arm of ['baseline', 'candidate'] as const)
      for (const side of [undefined, 'server'] as const) {
        const requests = round * (arm === 'baseline' ? 95 : 5) + ((i * 7 + round * 13) % 5);
        const counts = [...bounds.map((_, k) => (k === 2 ? requests : 0)), 0];
        const errors = Math.floor(requests / 500);
        const latency = side === undefined ? { latency: { bounds, counts } } : { side };
        lines.push({ t, arm, instance: `reviews-${arm}-7d9c5b-${String(i)}`, requests, errors, ...latency });
      }
  return [...lines, { t, reading: new Date(t * 1000).toISOString() }];
}

describe('a journal in a store that writes whole texts', () => {
  test('stays far below the size of a Secret after two hours of 20 instances, and gives the same verdict to the last bit', async () => {
    const blobs = new Map<string, string>();
    const store = storeOf(blobs);
    const journal = new EvidenceJournal(store, name, 1);
    let progress = progressOf(policy, []);
    let complete = progressOf(policy, []);
    const add = async (lines: readonly RolloutJournalLine[]): Promise<void> => {
      await journal.append(3, lines, progress);
      progress = lines.reduce(takeLine, progress);
      complete = lines.reduce(takeLine, complete);
    };
    await add([{ t: 0, step: 0 }]);
    await add([{ t: 0, weight: 5 }]);
    for (let round = 0; round < 1440; round += 1) {
      await add(reading(round, 20));
      if (round % 160 !== 159) continue;
      // Another process continues from the stored journal.
      progress = progressOf(policy, await new EvidenceJournal(storeOf(blobs), name, 1).lines());
      expect(progress).toEqual(complete);
    }
    const asked = { mayPromote: true, isOver: false };
    expect(verdictOf(progress.judge, asked)).toEqual(verdictOf(complete.judge, asked));
    expect(progress.judge.parts[0]?.arms.candidate.totals.requests).toBeGreaterThan(100_000);
    // A Secret holds 1 MiB; the store splits a text at 700,000 characters.
    const { longest } = store;
    expect(gzipSync(longest).toString('base64').length).toBeLessThan(100_000);
  });

  test('keeps the last sign of life of a runner if a sum replaces its lines', async () => {
    const store = storeOf(new Map());
    const journal = new EvidenceJournal(store, name, 1);
    let progress = progressOf(policy, []);
    for (let round = 0; round < 40; round += 1) {
      const lines = reading(round, 20);
      await journal.append(1, lines, progress);
      progress = lines.reduce(takeLine, progress);
    }
    const lines = await journal.lines();
    const sum = lines.find((line) => 'sum' in line);
    expect(sum).toBeDefined();
    const runner = { runner: { id: 'a', holder: 'a@b', epoch: 1 }, changed: new Date(0).toISOString() };
    const before = sum === undefined ? [] : [sum];
    const seen = Date.parse((sum && 'sum' in sum && sum.sum.seen) || '');
    expect(isAlive(runner, before, new Date(seen + 59_000))).toBe(true);
    expect(isAlive(runner, before, new Date(seen + 60_000))).toBe(false);
  });

  test('refuses lines of a runner once a later runner has written, and keeps all earlier lines', async () => {
    const blobs = new Map<string, string>();
    const [old, next] = [storeOf(blobs), storeOf(blobs)];
    const older = new EvidenceJournal(old, name, 1);
    const later = new EvidenceJournal(next, name, 1);
    const alive = (t: number): RolloutJournalLine => ({ t, alive: new Date(t * 1000).toISOString() });
    await older.append(1, [alive(1)]);
    expect(await later.lines()).toHaveLength(1);
    // The later runner has read the journal, but the older runner writes first.
    next.meanwhile = () => older.append(1, [alive(2)]);
    await later.append(2, [alive(3)]);
    expect(await later.lines()).toEqual([alive(1), alive(2), alive(3)]);
    await expect(older.append(1, [alive(4)])).rejects.toMatchObject({ exitCode: 6 });
    await later.append(2, [alive(5)]);
    expect(await new EvidenceJournal(storeOf(blobs), name, 1).lines()).toEqual(
      [1, 2, 3, 5].map((t) => alive(t)),
    );
  });
});
