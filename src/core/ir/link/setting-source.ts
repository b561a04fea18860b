import { presentGroups, settingPaths } from './setting-paths.ts';
import type { At } from './written.ts';

/** One value of one setting, where it was written and by whom. */
export interface WrittenSetting extends At {
  readonly path: string;
  /** In milliseconds, percent, numbers or plain data. */
  readonly value: unknown;
  /** Who says so, as messages name it: `Service shop/reviews`. */
  readonly by: string;
}

/** A path that a Profile locks, and where it says so. */
export interface Lock extends At {
  readonly path: string;
}

/** Something that says settings: a rule, a Service or External, a Profile, or the Mesh. */
export interface SettingSource {
  readonly by: string;
  readonly settings: ReadonlyMap<string, WrittenSetting>;
  readonly locks: readonly Lock[];
}

/** Reads the settings in `container` (only those of `groups`, where given). */
export function settingSource(
  by: string,
  container: object | undefined,
  locks: readonly Lock[] = [],
  groups: readonly string[] = allGroups,
): SettingSource {
  const settings = new Map<string, WrittenSetting>();
  const add = (path: string, value: unknown, at: At): void =>
    void settings.set(path, { path, value, by, ...at });
  for (const group of container === undefined ? [] : groups) {
    const written = (container as Readonly<Record<string, unknown>>)[group];
    if (written === undefined) continue;
    const read = settingPaths[group];
    if (read !== undefined) add(group, read(written), { container: container as object, key: group });
    if (read !== undefined || typeof written !== 'object' || written === null) continue;
    if (presentGroups.includes(group)) add(group, true, { container: container as object, key: group });
    for (const [key, value] of Object.entries(written)) {
      const inner = settingPaths[`${group}.${key}`];
      if (inner !== undefined) add(`${group}.${key}`, inner(value), { container: written, key });
    }
  }
  return { by, settings, locks };
}

const allGroups: readonly string[] = [
  ...new Set(Object.keys(settingPaths).map((path) => path.split('.')[0] ?? path)),
];
