import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import { expectedRevision } from '../../../src/core/drift/expected-revision.ts';
import { earlier } from '../../../src/core/history/earlier.ts';
import type { HistoryEntry } from '../../../src/core/history/entry.ts';
import { Ledger } from '../../../src/core/history/ledger.ts';
import { readSealed, storedText } from '../../../src/core/history/read-stored.ts';
import { DirectoryOutput } from '../../../src/core/outputs/directory/directory-output.ts';
import { DirectoryStore } from '../../../src/core/outputs/directory/directory-store.ts';
import { observe } from '../../../src/core/outputs/directory/observe.ts';
import { DirectoryRecords } from '../../../src/core/outputs/directory/records.ts';
import type { Directory } from '../../../src/ports/directory.ts';
import { putStoredOutput } from './stored-output.ts';

let root: string;
let directory: Directory;
let ledger: Ledger;
let records: DirectoryRecords;
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'meshwright-stored-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  putStoredOutput(path.join(root, 'out'), 'mesh-0.1.0');
  directory = await outputDirectory(root, 'out');
  ledger = new Ledger(new DirectoryStore(directory));
  records = new DirectoryRecords(directory);
});

const look = () => observe(directory, 'shop.default.local', '/etc/mesh');
const at = (file: string): string => path.join(root, 'out', file);

test('the state of mesh 0.1.0 can be read', async () => {
  const observed = await look();
  expect(observed).toMatchObject({
    altered: [],
    foreign: [],
    current: { name: '000003-switch-55f3f2fe609e' },
  });
  expect(observed.state).toMatchObject({ epoch: 3, hold: { by: 'root@builder' } });
  expect(expectedRevision(observed.journal)).toBe('000003-switch-55f3f2fe609e');
  const entries = await ledger.entries();
  expect(entries.map(({ command, outcome }) => [command, outcome])).toEqual([
    ['apply', 'succeeded'],
    ['apply', 'succeeded'],
    ['rollback', 'succeeded'],
  ]);
  expect(earlier(entries, entries[2]!.id, undefined)).toEqual({ entry: entries[1] });
});

test('a stored file has a checksum, and a change is reported as damage with a remedy', async () => {
  const { state } = await look();
  await ledger.writeState(state);
  expect(await ledger.readState()).toEqual({ ...state, formatVersion: '1.2' });
  writeFileSync(
    at('.mesh/state.json'),
    readFileSync(at('.mesh/state.json'), 'utf8').replace('"epoch": 3', '"epoch": 4'),
  );
  await expect(ledger.readState()).rejects.toThrow(
    '.mesh/state.json is damaged: its checksum is not that of its content; move it away, and --adopt .mesh',
  );
  for (const text of [
    storedText({ a: 1 }).replace(/,\n.*checksum.*\n/, '\n'),
    storedText({ a: 1 }).replace('1,', '2,'),
  ])
    expect(() => readSealed('x', text)).toThrow('damaged');
  const names = { '10': 1, b: 2, '2': 3, ü: 4, list: [{ z: null }] };
  expect(readSealed('x', storedText(names))).toEqual({ ...names, formatVersion: '1.2' });
});

test('a stored file that lacks a field, or has one of another type, is damaged, and the message names the field', async () => {
  const whole = {
    formatVersion: '1.0',
    inventory: 'shop.default.local',
    epoch: 1,
    proxies: { a: { seen: '2026-01-01T00:00:00Z' } },
    certificates: {},
  };
  for (const [change, field] of [
    [{ inventory: undefined }, 'inventory'],
    [{ epoch: '1' }, 'epoch'],
    [{ proxies: undefined }, 'proxies'],
    [{ proxies: [] }, 'proxies'],
    [{ proxies: { a: null } }, 'proxies.a'],
    [{ certificates: { a: { subject: 'x' } } }, 'certificates.a.fingerprint'],
    [{ owned: { revisions: [1], material: [], links: [] } }, 'owned.revisions.0'],
    [{ hold: {} }, 'hold.id'],
  ] as const) {
    writeFileSync(at('.mesh/state.json'), JSON.stringify({ ...whole, ...change }));
    await expect(ledger.readState()).rejects.toThrow(
      `.mesh/state.json is damaged: ${field} is missing or of another type; move it away, and --adopt .mesh`,
    );
  }
  writeFileSync(at('.mesh/state.json'), JSON.stringify(whole));
  expect(await ledger.readState()).toEqual(whole);
  const pointer = '.mesh/revisions/000003-switch-55f3f2fe609e.json';
  writeFileSync(at(pointer), '{"formatVersion":"1.0"}');
  await expect(records.readPointer('000003-switch-55f3f2fe609e')).rejects.toThrow('snapshot is missing');
  const [entry] = await ledger.entries();
  writeFileSync(at(`.mesh/history/${entry!.id}.json`), '{"formatVersion":"1.0"}');
  expect(await ledger.damagedEntries()).toEqual([`.mesh/history/${entry!.id}.json`]);
});

test('a snapshot whose text does not have the digest in its name is damaged', async () => {
  const [digest = ''] = await ledger.snapshots();
  const snapshot = await ledger.readSnapshot(digest);
  await directory.replaceFile(
    `.mesh/snapshots/${digest}.json.gz`,
    JSON.stringify({ ...snapshot, proxies: [] }),
    {
      compressed: true,
    },
  );
  await expect(ledger.readSnapshot(digest)).rejects.toThrow('its content is not what its name says');
});

test('a lost pointer is restored unchanged', async () => {
  const name = '000003-switch-55f3f2fe609e';
  const before = await records.readPointer(name);
  await records.removePointer(name);
  const observed = await look();
  const { current, altered, foreign } = observed;
  expect({ altered, foreign }).toEqual({ altered: [], foreign: [] });
  // Two snapshots have this revision, one of them with its sources.
  const { snapshot: _snapshot, run: _run, ...same } = before!;
  expect(current).toMatchObject({ name, isRebuilt: true, compiled: same.compiled });
  await new DirectoryOutput(directory, '/etc/mesh').repair(observed);
  expect(await records.readPointer(name)).toMatchObject({ ...same, formatVersion: '1.2' });
});

test('entries are in the order of their runs, whatever their clocks and ids say', async () => {
  const [first, second, third] = (await ledger.entries()) as [HistoryEntry, HistoryEntry, HistoryEntry];
  // Entries of a clock that was set back, and of two runs in one millisecond with decreasing ids.
  const later = (id: string, epoch: number, parent: string): HistoryEntry => {
    const { rollbackOf: _, ...entry } = first;
    return { ...entry, id, epoch, parent, digests: { ...first.digests, compiled: id } };
  };
  await ledger.writeEntry(later('00000000000000000000000001', 4, third.id));
  await ledger.writeEntry(later('00000000000000000000000000', 5, '00000000000000000000000001'));
  const entries = await ledger.entries();
  expect(entries.map(({ id }) => id)).toEqual([
    first.id,
    second.id,
    third.id,
    '00000000000000000000000001',
    '00000000000000000000000000',
  ]);
  expect(earlier(entries, '00000000000000000000000000', undefined)).toEqual({ entry: entries[3] });
  expect(earlier(entries, '00000000000000000000000001', undefined)).toEqual({ entry: entries[2] });
});

test('the previous revision is that of the parent, not the newest that differs', async () => {
  const entries = await ledger.entries();
  const [first, second] = entries as [HistoryEntry, HistoryEntry];
  const applied = { ...first, id: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ', epoch: 9, parent: second.id };
  const between = {
    ...second,
    id: '7YYYYYYYYYYYYYYYYYYYYYYYYY',
    epoch: 8,
    digests: { spec: '', compiled: 'other' },
  };
  expect(earlier([...entries, between, applied], applied.id, undefined)).toEqual({ entry: second });
});

test('a damaged entry is left out and named, and the others stay', async () => {
  const [, second] = await ledger.entries();
  const file = `.mesh/history/${second!.id}.json`;
  writeFileSync(at(file), '{"formatVersion": "1.2"');
  expect(await ledger.entries()).toHaveLength(2);
  expect(await ledger.damagedEntries()).toEqual([file]);
  expect(await ledger.setAsideDamaged()).toEqual([{ place: file, aside: `${file}.damaged` }]);
  expect(await ledger.damagedEntries()).toEqual([]);
  expect(readFileSync(at(`${file}.damaged`), 'utf8')).toBe('{"formatVersion": "1.2"');
});
