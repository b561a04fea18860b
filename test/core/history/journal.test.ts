import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import { expectedRevision } from '../../../src/core/drift/expected-revision.ts';
import {
  addToJournal,
  beginJournal,
  isOpen,
  type Journal,
  type JournalBegin,
  type JournalLine,
  readJournal,
} from '../../../src/core/history/journal.ts';
import type { RunStore } from '../../../src/core/history/run-store.ts';
import { DirectoryStore } from '../../../src/core/outputs/directory/directory-store.ts';

const at = '2026-01-01T00:00:00.000Z';

function begin(epoch: number): JournalBegin {
  return {
    type: 'begin',
    formatVersion: '1.0',
    run: `r${epoch}`,
    epoch,
    command: 'apply',
    altered: [],
    stages: [],
  };
}

async function begun(): Promise<{ readonly store: RunStore; readonly file: string }> {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-journal-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const store = new DirectoryStore(await outputDirectory(root, 'out'));
  await beginJournal(store, begin(7));
  return { store, file: path.join(root, 'out/.mesh/journal.7') };
}

test('an added line can be read, and the end closes the journal', async () => {
  const { store } = await begun();
  await addToJournal(store, 7, { type: 'stage', state: 'before', folder: 'a', at });
  const open = await readJournal(store);
  expect(open?.lines).toHaveLength(2);
  expect(open && isOpen(open)).toBe(true);
  await addToJournal(store, 7, { type: 'end', outcome: 'succeeded', at });
  const closed = await readJournal(store);
  expect(closed && isOpen(closed)).toBe(false);
});

test.each([
  ['incomplete', true],
  ['unconfirmed', true],
  ['interrupted', true],
  ['failed', true],
  ['refused', false],
] as const)('a run that ended %s can be resumed: %s', async (outcome, expected) => {
  const { store } = await begun();
  await addToJournal(store, 7, { type: 'end', outcome, at });
  const journal = await readJournal(store);
  expect(journal && isOpen(journal)).toBe(expected);
});

test('an incomplete last line counts as not written, wherever it was cut', async () => {
  const { store, file } = await begun();
  const whole = readFileSync(file);
  await addToJournal(store, 7, { type: 'end', outcome: 'succeeded', at });
  const added = readFileSync(file).subarray(whole.length);
  for (let length = 0; length < added.length - 1; length++) {
    writeFileSync(file, Buffer.concat([whole, added.subarray(0, length)]));
    expect((await readJournal(store))?.outcome, String(length)).toBeUndefined();
    // A line that was added after it, on a disk that was full for a moment, is lost with it.
    if (length === 0) continue;
    await addToJournal(store, 7, { type: 'end', outcome: 'succeeded', at });
    expect((await readJournal(store))?.outcome, String(length)).toBeUndefined();
  }
});

test('a changed line in the middle is reported as damage', async () => {
  const { store, file } = await begun();
  await addToJournal(store, 7, { type: 'stage', state: 'before', folder: 'a', at });
  writeFileSync(file, readFileSync(file, 'utf8').replace('"r7"', '"r8"'));
  await expect(readJournal(store)).rejects.toThrow('journal.7 is damaged: line 1');
});

test('the journal of the highest epoch is read', async () => {
  const { store, file } = await begun();
  await beginJournal(store, begin(12));
  appendFileSync(file, 'torn');
  expect((await readJournal(store))?.begin.run).toBe('r12');
  await expect(beginJournal(store, begin(12))).rejects.toThrow('is there already');
});

test('after a run that switched back, the link leads to the revision that it switched back to', () => {
  const begun = begin(2);
  const line = (type: 'stage' | 'back', state: 'before' | 'after', folder: string): JournalLine => {
    return { type, state, folder, at };
  };
  const forth = [line('stage', 'before', 'new'), line('stage', 'after', 'new')];
  const back = [line('back', 'before', 'old'), line('back', 'after', 'old')];
  const journal = (...lines: readonly JournalLine[]): Journal => {
    return { begin: begun, lines: [begun, ...lines], outcome: 'superseded' };
  };
  expect(expectedRevision(journal(...forth))).toBe('new');
  expect(expectedRevision(journal(...forth, ...back))).toBe('old');
  // A run was killed between the line of the journal and the switch.
  expect(expectedRevision(journal(...forth, line('back', 'before', 'old')))).toBe('new');
});
