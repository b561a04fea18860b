import type { Ir } from '../ir/ir.ts';
import { locks } from '../ir/link/merged-settings.ts';
import { idOf } from '../ir/link/names.ts';
import { titleOf } from '../ir/link/ports.ts';
import { profileSource } from '../ir/link/profiles.ts';
import { ruleSettings, ruleSource } from '../ir/link/rule-source.ts';
import { settingPaths } from '../ir/link/setting-paths.ts';
import { meshTelemetry, type SettingSource, settingSource } from '../ir/link/setting-source.ts';
import type { Spec, SpecObject } from '../spec/spec.ts';
import type { ExternalDocument, RouteDocument, ServiceDocument } from '../spec/types.gen.ts';
import type { NamedDocument } from './named-document.ts';

/** The owner of the setting at a path, and the sources that it has values from. */
export interface SettingHolder {
  /** Of the setting, such as `retries.attempts`, or of a group. */
  readonly path: string;
  /** In order of precedence. */
  readonly sources: readonly SettingSource[];
  /** The part of the path before the setting: `rules.1.` in a Route. */
  readonly prefix: string;
}

/** Returns the owner of the setting at a path, with its sources; undefined when the path is no setting. */
export function settingHolder(
  spec: Spec,
  ir: Ir,
  { object, path }: NamedDocument,
): SettingHolder | undefined {
  if (object.kind === 'Service' || object.kind === 'External') {
    const sources = sourcesOf(spec, ir, idOf(object));
    return isSetting(path) ? { path: path.join('.'), sources, prefix: '' } : undefined;
  }
  if (object.kind !== 'Route' || path[0] !== 'rules') return undefined;
  return ruleHolder(spec, ir, object as SpecObject<RouteDocument>, path);
}

function ruleHolder(
  spec: Spec,
  ir: Ir,
  route: SpecObject<RouteDocument>,
  [, which = '', ...path]: readonly string[],
): SettingHolder | undefined {
  const { rules, service } = route.value.spec;
  const named = rules.findIndex(({ name }) => name === which);
  const index = named >= 0 ? named : Number(which) - 1;
  const rule = rules[index];
  const owner = service ?? rule?.backends?.[0]?.service;
  if (rule === undefined || owner === undefined || !isSetting(path) || !ruleSettings.includes(path[0] ?? ''))
    return undefined;
  const id = owner.includes('/') ? owner : `${route.namespace}/${owner}`;
  const sources = [ruleSource(route, rule, index), ...sourcesOf(spec, ir, id)];
  return { path: path.join('.'), sources, prefix: `rules.${which}.` };
}

function sourcesOf(spec: Spec, ir: Ir, id: string): readonly SettingSource[] {
  const defaults = settingSource('Mesh defaults', spec.mesh.value.spec.defaults);
  const find = <T extends ServiceDocument | ExternalDocument>(
    list: readonly SpecObject<T>[],
  ): SpecObject<T> | undefined => list.find((candidate) => idOf(candidate) === id);
  const service = find(spec.services);
  if (service === undefined) {
    const external = find(spec.externals);
    return external === undefined
      ? [defaults]
      : [settingSource(titleOf('External', id), external.value.spec), defaults];
  }
  const profiles = (ir.services[id]?.profiles ?? []).flatMap((name) => {
    const profile = spec.profiles.find((candidate) => candidate.name === name);
    return profile === undefined ? [] : [profileSource(profile)];
  });
  const reported = settingSource(meshTelemetry, spec.mesh.value.spec, [], ['telemetry']);
  return [settingSource(titleOf('Service', id), service.value.spec), ...profiles, defaults, reported];
}

function isSetting(path: readonly string[]): boolean {
  const joined = path.join('.');
  return path.length > 0 && Object.keys(settingPaths).some((setting) => locks(joined, setting));
}
