import { defineMessages, finding } from '../../diagnostics/message.ts';
import { closest } from '../../lib/closest.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { ProfileDocument, ServiceDocument } from '../../spec/types.gen.ts';
import type { Linking } from './linking.ts';
import { locks } from './merged-settings.ts';
import { isProfile } from './names.ts';
import { settingPaths } from './setting-paths.ts';
import { type Lock, type SettingSource, settingSource } from './setting-source.ts';
import { itemsOf, locationOf } from './spec-place.ts';

export const messages = defineMessages({
  MESH2032: {
    severity: 'error',
    text: 'there is no setting {path}{hint}',
    explanation:
      'A lock names a setting by its path, such as `retries.attempts`, or a group of settings, such as `retries`.',
  },
  MESH2033: {
    severity: 'error',
    text: 'Profile {profile} locks {path} and does not set it',
    explanation:
      'A lock holds the value that the Profile itself sets. Set it under `settings`, or take the lock out.',
  },
});

/** The Profiles that may hold for services, read once. */
export interface Profiles {
  readonly sources: ReadonlyMap<string, SettingSource>;
  /** Profiles with a selector, by name. */
  readonly selecting: readonly SpecObject<ProfileDocument>[];
}

/** Reads all Profiles; reports locks on settings that the Profile doesn't set. */
export function profilesOf(linking: Linking): Profiles {
  const sources = new Map<string, SettingSource>();
  for (const profile of linking.spec.profiles) {
    const source = profileSource(profile);
    for (const lock of source.locks) checkLock(linking, profile.name, lock, source);
    sources.set(profile.name, source);
  }
  const selecting = linking.spec.profiles.filter((profile) => profile.value.spec.selector !== undefined);
  return { sources, selecting: [...selecting].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Returns the settings and locks of a Profile. */
export function profileSource({ name, value }: SpecObject<ProfileDocument>): SettingSource {
  const locked: Lock[] = itemsOf(value.spec.lock).map(([path, at]) => ({ path, ...at }));
  return settingSource(`Profile ${name}`, value.spec.settings, locked);
}

/**
 * Returns the names of the Profiles for a service: first those that the service names, then those that select it, by
 * name.
 */
export function profilesInForce(
  linking: Linking,
  profiles: Profiles,
  service: SpecObject<ServiceDocument>,
): readonly string[] {
  const names = new Set<string>();
  for (const [name, at] of itemsOf(service.value.spec.profiles)) {
    const reference = { name, namespace: service.namespace, ...at };
    if (isProfile(linking.names, reference, linking.report)) names.add(name);
  }
  for (const profile of profiles.selecting) if (selects(profile, service)) names.add(profile.name);
  return [...names];
}

function selects(profile: SpecObject<ProfileDocument>, service: SpecObject<ServiceDocument>): boolean {
  const { namespaces, labels = {} } = profile.value.spec.selector ?? {};
  if (namespaces !== undefined && !namespaces.includes(service.namespace)) return false;
  const own = service.value.metadata.labels ?? {};
  return Object.keys(labels).every((key) => own[key] === labels[key]);
}

function checkLock(linking: Linking, profile: string, lock: Lock, source: SettingSource): void {
  const { path } = lock;
  const paths = Object.keys(settingPaths);
  if (!paths.some((known) => locks(path, known))) {
    const groups = paths.map((known) => known.split('.')[0] ?? known);
    const meant = closest(path, [...paths, ...groups]);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    linking.report(finding(messages, 'MESH2032', locationOf(lock), { path, hint }));
  } else if (![...source.settings.keys()].some((set) => locks(path, set))) {
    linking.report(finding(messages, 'MESH2033', locationOf(lock), { profile, path }));
  }
}
