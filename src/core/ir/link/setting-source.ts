import { presentGroups, settingPaths } from './setting-paths.ts';
import type { SpecPlace } from './spec-place.ts';

/** One value of one setting, with its place and its document. */
export interface WrittenSetting extends SpecPlace {
  readonly path: string;
  /** In milliseconds, percent, numbers or plain data. */
  readonly value: unknown;
  /** The name of the setting's document in messages: `Service shop/reviews`. */
  readonly by: string;
}

/** A path that a Profile locks, with the place of the lock. */
export interface Lock extends SpecPlace {
  readonly path: string;
}

/** A source of settings: a rule, a Service or External, a Profile, or the Mesh. */
export interface SettingSource {
  readonly by: string;
  readonly settings: ReadonlyMap<string, WrittenSetting>;
  readonly locks: readonly Lock[];
}

/** The name of the Mesh's telemetry as a source, which has lower precedence than the Mesh's defaults. */
export const meshTelemetry = 'Mesh telemetry';

/** Reads the settings in `container`; if `groups` is given, only the settings of these groups. */
export function settingSource(
  by: string,
  container: object | undefined,
  locks: readonly Lock[] = [],
  groups: readonly string[] = allGroups,
): SettingSource {
  const settings = new Map<string, WrittenSetting>();
  const add = (path: string, value: unknown, at: SpecPlace): void =>
    void settings.set(path, { path, value, by, ...at });
  const read = (path: string, written: unknown, at: SpecPlace): void => {
    const own = settingPaths[path];
    if (own !== undefined) add(path, own(written), at);
    else if (presentGroups.includes(path)) add(path, true, at);
    if (!holders.has(path) || typeof written !== 'object' || written === null) return;
    for (const [key, value] of Object.entries(written))
      read(`${path}.${key}`, value, { container: written, key });
  };
  for (const group of container === undefined ? [] : groups) {
    const written = (container as Readonly<Record<string, unknown>>)[group];
    if (written !== undefined) read(group, written, { container: container as object, key: group });
  }
  return { by, settings, locks };
}

/** Paths below which there are settings. */
const holders: ReadonlySet<string> = new Set(
  Object.keys(settingPaths).flatMap((path) => {
    const parts = path.split('.');
    return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
  }),
);

const allGroups: readonly string[] = [
  ...new Set(Object.keys(settingPaths).map((path) => path.split('.')[0] ?? path)),
];
