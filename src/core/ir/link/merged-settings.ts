import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { nullableGroups, presentGroups } from './setting-paths.ts';
import type { Lock, SettingSource, WrittenSetting } from './setting-source.ts';
import { locationOf } from './spec-place.ts';

export const messages = defineMessages({
  MESH2030: {
    severity: 'error',
    text: '{by} sets {path}, which {locker} locks to another value',
    explanation:
      'A Profile locks a setting for its services: another value is an error in any document. Take the value out, or ask the owners of the Profile.',
  },
  MESH2031: {
    severity: 'error',
    text: '{by} and {locker} lock {path} to different values',
    explanation:
      'Two Profiles of one service lock the same setting to different values. Take one of the Profiles from the service, or make their values agree.',
  },
});

/** The winning value of a setting, and the losing values in order of precedence. */
export interface MergedSetting extends WrittenSetting {
  readonly others: readonly WrittenSetting[];
  /** The lock that decided; absent if none did. */
  readonly lock?: Lock;
}

/** Settings by path; settings that no document writes are missing. */
export type MergedSettings = ReadonlyMap<string, MergedSetting>;

/**
 * Merges field by field; earlier sources win. A lock wins over all sources, and a source that contradicts a lock is
 * reported. With `groups` only the settings of these groups are merged.
 */
export function mergedSettings(
  sources: readonly SettingSource[],
  report: Report,
  groups?: readonly string[],
): MergedSettings {
  const candidates = new Map<string, WrittenSetting[]>();
  const off = new Set<string>();
  for (const source of sources) {
    for (const [path, setting] of source.settings) {
      if (groups?.some((group) => locks(group, path)) === false || isOff(off, path)) continue;
      const list = candidates.get(path);
      if (list === undefined) candidates.set(path, [setting]);
      else list.push(setting);
    }
    for (const group of nullableGroups) if (source.settings.get(group)?.value === false) off.add(group);
  }
  const merged = new Map<string, MergedSetting>();
  for (const [path, [winner, ...others]] of candidates) {
    if (winner !== undefined) merged.set(path, { ...winner, others });
  }
  const locking = sources.filter((source) => source.locks.length > 0);
  if (locking.length === 0) return merged;
  for (const [path, written] of candidates) {
    if (!presentGroups.includes(path)) enforce(path, written, locking, merged, report);
  }
  return merged;
}

/** Returns true if a source of higher precedence turned off the group that a path is in. */
function isOff(off: ReadonlySet<string>, path: string): boolean {
  for (const group of off) if (path !== group && locks(group, path)) return true;
  return false;
}

/** Returns true if a lock on the path `lock` applies to `path`: to the locked path itself and everything below. */
export function locks(lock: string, path: string): boolean {
  return path === lock || path.startsWith(`${lock}.`);
}

/** A Profile that locks a path. */
interface Locker {
  readonly lock: Lock;
  readonly source: SettingSource;
}

function enforce(
  path: string,
  written: readonly WrittenSetting[],
  sources: readonly SettingSource[],
  merged: Map<string, MergedSetting>,
  report: Report,
): void {
  const lockers = sources.flatMap((source): Locker[] => {
    const lock = source.locks.find((candidate) => locks(candidate.path, path));
    return lock === undefined ? [] : [{ lock, source }];
  });
  const [first] = lockers;
  if (first === undefined) return;
  const locked = first.source.settings.get(path);
  for (const other of written) {
    if (locked !== undefined && sameValue(other.value, locked.value)) continue;
    const second = lockers.find(({ source }) => source.settings.get(path) === other);
    reportConflict(first, other, second, report);
  }
  if (locked === undefined) return;
  merged.set(path, { ...locked, lock: first.lock, others: written.filter((other) => other !== locked) });
}

function reportConflict(
  first: Locker,
  other: WrittenSetting,
  second: Locker | undefined,
  report: Report,
): void {
  const related = [{ location: locationOf(first.lock), message: `locked by ${first.source.by}` }];
  const values = { by: other.by, path: other.path, locker: first.source.by };
  if (second !== undefined)
    related.push({ location: locationOf(second.lock), message: `locked by ${other.by}` });
  const code = second === undefined ? 'MESH2030' : 'MESH2031';
  report(finding(messages, code, locationOf(other), values, { related }));
}

function sameValue(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
