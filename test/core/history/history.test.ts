import { describe, expect, test } from 'vitest';
import { earlier, lastGood } from '../../../src/core/history/earlier.ts';
import type { HistoryEntry } from '../../../src/core/history/entry.ts';
import { readStored } from '../../../src/core/history/read-stored.ts';
import { expired } from '../../../src/core/history/retention.ts';
import { ulid } from '../../../src/core/history/ulid.ts';

function entry(id: string, compiled: string, parts: Partial<HistoryEntry> = {}): HistoryEntry {
  const none = { create: 0, update: 0, replace: 0, delete: 0, adopt: 0, release: 0, conflict: 0 };
  return {
    formatVersion: '1.0',
    id,
    command: 'apply',
    started: '',
    outcome: 'succeeded',
    actor: '',
    tool: '',
    digests: { spec: '', compiled },
    planId: '',
    counts: none,
    objects: [],
    snapshot: compiled,
    ...parts,
  };
}

describe('the revision that a rollback goes to', () => {
  const a = entry('01AAAAAA', 'a', { commit: 'abcdef0123' });
  const b = entry('01BBBBBB', 'b');
  const back = entry('01CCCCCC', 'a', { rollbackOf: a.id });
  const broken = entry('01DDDDDD', 'd', { outcome: 'incomplete' });
  const refused = entry('01EEEEEE', 'e', { outcome: 'refused' });

  test.each([
    ['the previous revision', [a, b], b.id, undefined, a],
    ['after a rollback, the revision before the rollback', [a, b, back], back.id, undefined, b],
    ['after a run that stopped half way, the applied revision', [a, b, broken], b.id, undefined, b],
    ['a run that wrote nothing changes nothing', [a, b, refused], b.id, undefined, a],
    ['by id', [a, b], b.id, '01AAAAAA', a],
    ['by the start of an id, in any case', [a, b], b.id, '01aaaa', a],
    ['by commit', [a, b], b.id, 'abcdef0', a],
  ])('%s', (_, entries, applied, wanted, expected) => {
    expect(earlier(entries, applied, wanted)).toEqual({ entry: expected });
  });

  test.each([
    ['nothing was applied before', [a], a.id, undefined, 'nothing else was applied before'],
    ['an unknown id', [a], a.id, 'nothing', 'no recorded revision is "nothing"; mesh history lists them'],
    [
      'a run that failed',
      [a, broken],
      a.id,
      '01DDDDDD',
      'no recorded revision is "01DDDDDD"; mesh history lists them',
    ],
  ])('%s', (_, entries, applied, wanted, missing) => {
    expect(earlier(entries, applied, wanted)).toEqual({ missing });
  });
});

test('ten entries are kept, in addition to the pinned ones and the applied one', () => {
  const all = Array.from({ length: 14 }, (_, i) => entry(`01${String(i).padStart(2, '0')}`, String(i)));
  const entries = all.map((one, i) => (i === 1 ? { ...one, pinned: true } : one));
  expect(expired(entries, all[13]!.id)).toEqual([all[0]!.id, all[2]!.id, all[3]!.id]);
  expect(expired(entries, all[0]!.id)).toEqual([all[2]!.id, all[3]!.id, all[4]!.id]);
});

// github.com/ulid/spec gives 01ARYZ6S41 for 1469918176385 ms; 80 one bits are sixteen Z.
test('a ULID is a time and a random number in Crockford base 32', () => {
  expect(ulid(new Date(0), new Uint8Array(10))).toBe('00000000000000000000000000');
  expect(ulid(new Date(1469918176385), new Uint8Array(10).fill(255)).slice(10)).toBe('Z'.repeat(16));
  expect(ulid(new Date(1469918176385), new Uint8Array(10)).slice(0, 10)).toBe('01ARYZ6S41');
});

test('the state of a newer mesh is refused, with the version that can read it', () => {
  expect(() => readStored('state.json', '{"formatVersion":"2.0"}')).toThrow('format 2.0');
  expect(() => readStored('state.json', '{"formatVersion"')).toThrow('damaged');
  expect(readStored('state.json', '{"formatVersion":"1.7","x":1}')).toEqual({ formatVersion: '1.7', x: 1 });
});

test('the last good revision is that of the newest run that succeeded, whatever runs came later', () => {
  const good = entry('01AAAAAA', 'a');
  const failed = (
    ['failed', 'incomplete', 'interrupted', 'unconfirmed', 'refused', 'superseded'] as const
  ).map((outcome, i) => entry(`01BBBBB${i}`, outcome, { outcome }));
  expect(lastGood([entry('01AAAAA0', 'z'), good, ...failed])).toEqual({ entry: good });
  expect(lastGood(failed)).toEqual({ missing: 'nothing was ever applied whole' });
});
