import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { GuardSight } from '../../../src/core/canary/record/guard-sight.ts';
import type { RolloutRecord } from '../../../src/core/canary/record/rollout-record.ts';
import type { RolloutJournalLine } from '../../../src/core/canary/run/journal-line.ts';
import type { HistoryEntry } from '../../../src/core/history/entry.ts';
import type { JournalLine } from '../../../src/core/history/journal.ts';
import { storedFormat } from '../../../src/core/history/read-stored.ts';
import type { Snapshot } from '../../../src/core/history/snapshot.ts';
import { snapshotFormat } from '../../../src/core/history/snapshot-upgrades.ts';
import type { State } from '../../../src/core/history/state.ts';
import type { Pointer } from '../../../src/core/outputs/directory/records.ts';
import type { SavedPlan } from '../../../src/core/plan/saved-plan.ts';
import type { Stored } from './stored/format-1-0.gen.ts';
import type { Stored as StoredRollouts } from './stored/rollouts-1-2.gen.ts';

interface Today {
  readonly Snapshot: Snapshot;
  readonly State: State;
  readonly Pointer: Pointer;
  readonly Material: { readonly formatVersion: string; readonly certificates: State['certificates'] };
  readonly HistoryEntry: HistoryEntry;
  readonly JournalLine: JournalLine;
  readonly SavedPlan: SavedPlan;
}

/**
 * Compiles only while today's types accept all stored data of outputs. If `Snapshot` doesn't, the change needs an
 * upgrade in `snapshot-upgrades.ts` and `npm run freeze:stored`; any other type needs an optional field.
 */
const readAsToday = (stored: AsRead): Today => stored;

/** The stored shapes; owned names by kind may have other kinds now. */
type AsRead = Omit<Stored, 'State'> & {
  readonly State: Omit<Stored['State'], 'owned'> & {
    readonly owned?: Readonly<Record<keyof NonNullable<Stored['State']['owned']>, readonly string[]>>;
  };
};

/** Compiles only while today's types accept all stored data of rollouts: a new field has to be optional. */
const readRolloutsAsToday = (
  stored: StoredRollouts,
): {
  readonly RolloutRecord: RolloutRecord;
  readonly GuardSight: GuardSight;
  readonly RolloutJournalLine: RolloutJournalLine;
} => stored;

test('the types of stored data are frozen for the current format', () => {
  const file = new URL(`stored/format-${snapshotFormat.replace('.', '-')}.gen.ts`, import.meta.url);
  expect(existsSync(file)).toBe(true);
  expect(readAsToday).toBeTypeOf('function');
  const rollouts = new URL(`stored/rollouts-${storedFormat.replace('.', '-')}.gen.ts`, import.meta.url);
  expect(existsSync(rollouts)).toBe(true);
  expect(readRolloutsAsToday).toBeTypeOf('function');
});
