import type { Ir } from '../ir/ir.ts';
import { locks } from '../ir/link/merged-settings.ts';
import { idOf } from '../ir/link/names.ts';
import { titleOf } from '../ir/link/ports.ts';
import { profileSource } from '../ir/link/profiles.ts';
import { ruleSettings, ruleSource } from '../ir/link/rule-source.ts';
import { settingPaths } from '../ir/link/setting-paths.ts';
import { meshTelemetry, type SettingSource, settingSource } from '../ir/link/setting-source.ts';
import { absoluteId } from '../spec/absolute-id.ts';
import type { Spec, SpecObject } from '../spec/spec.ts';
import type { ExternalDocument, RouteDocument, ServiceDocument } from '../spec/types.gen.ts';
import type { NamedDocument } from './named-document.ts';

/** The owner of the setting at a path, and the sources of its values. */
export interface SettingHolder {
  /** Path of the setting, such as `retries.attempts`, or of a group of settings. */
  readonly path: string;
  /** In order of precedence. */
  readonly sources: readonly SettingSource[];
  /** Values that overlays replaced, each under the name of its source. */
  readonly overlaid: readonly SettingSource[];
  /** The part of the path before the setting: `rules.1.` in a Route. */
  readonly prefix: string;
  /** Id of the Service or External that owns the setting; absent for a rule. */
  readonly serviceId?: string;
}

/** Returns the owner of the setting at a path, with its sources; undefined if the path doesn't lead to a setting. */
export function settingHolder(
  spec: Spec,
  ir: Ir,
  { object, path }: NamedDocument,
): SettingHolder | undefined {
  if (object.kind === 'Service' || object.kind === 'External') {
    if (!isSetting(path)) return undefined;
    const serviceId = idOf(object);
    return { path: path.join('.'), ...separated(sourcesOf(spec, ir, serviceId)), prefix: '', serviceId };
  }
  if (object.kind !== 'Route' || path[0] !== 'rules') return undefined;
  return ruleHolder(spec, ir, object as SpecObject<RouteDocument>, path);
}

/** A source with and without its overlay. */
interface Layer {
  readonly source: SettingSource;
  readonly overlaid?: SettingSource | undefined;
}

function separated(layers: readonly Layer[]): Pick<SettingHolder, 'sources' | 'overlaid'> {
  return {
    sources: layers.map(({ source }) => source),
    overlaid: layers.flatMap(({ overlaid }) => overlaid ?? []),
  };
}

function ruleHolder(
  spec: Spec,
  ir: Ir,
  route: SpecObject<RouteDocument>,
  [, which = '', ...path]: readonly string[],
): SettingHolder | undefined {
  const { rules, service } = route.value.spec;
  const index = positionOf(rules, which);
  const rule = rules[index];
  const owner = service ?? rule?.backends?.[0]?.service;
  if (rule === undefined || owner === undefined || !isSetting(path) || !ruleSettings.includes(path[0] ?? ''))
    return undefined;
  const id = absoluteId(owner, route.namespace);
  const source = ruleSource(route, rule, index);
  const before = inside(route.overlaid, 'spec', 'rules');
  const base = Array.isArray(before) ? (before as readonly unknown[])[positionOf(before, which)] : undefined;
  const own = { source, overlaid: overlaidSource(source, base, ruleSettings) };
  return {
    path: path.join('.'),
    ...separated([own, ...sourcesOf(spec, ir, id)]),
    prefix: `rules.${which}.`,
  };
}

/** Returns the position of the rule with this name, or else with this number, counted from 1. */
function positionOf(rules: readonly unknown[], which: string): number {
  const named = rules.findIndex((rule) => inside(rule, 'name') === which);
  return named >= 0 ? named : Number(which) - 1;
}

function sourcesOf(spec: Spec, ir: Ir, id: string): readonly Layer[] {
  const { mesh } = spec;
  const defaults = layer(
    settingSource('Mesh defaults', mesh.value.spec.defaults),
    inside(mesh.overlaid, 'spec', 'defaults'),
  );
  const find = <T extends ServiceDocument | ExternalDocument>(
    list: readonly SpecObject<T>[],
  ): SpecObject<T> | undefined => list.find((candidate) => idOf(candidate) === id);
  const service = find(spec.services);
  if (service === undefined) {
    const external = find(spec.externals);
    if (external === undefined) return [defaults];
    return [
      layer(settingSource(titleOf('External', id), external.value.spec), inside(external.overlaid, 'spec')),
      defaults,
    ];
  }
  const profiles = (ir.services[id]?.profiles ?? []).flatMap((name) => {
    const profile = spec.profiles.find((candidate) => candidate.name === name);
    if (profile === undefined) return [];
    return [layer(profileSource(profile), inside(profile.overlaid, 'spec', 'settings'))];
  });
  const telemetry = ['telemetry'];
  const reported = settingSource(meshTelemetry, mesh.value.spec, [], telemetry);
  return [
    layer(settingSource(titleOf('Service', id), service.value.spec), inside(service.overlaid, 'spec')),
    ...profiles,
    defaults,
    { source: reported, overlaid: overlaidSource(reported, inside(mesh.overlaid, 'spec'), telemetry) },
  ];
}

function layer(source: SettingSource, overlaid: unknown): Layer {
  return { source, overlaid: overlaidSource(source, overlaid) };
}

function overlaidSource(
  { by }: SettingSource,
  container: unknown,
  groups?: readonly string[],
): SettingSource | undefined {
  return isContainer(container) ? settingSource(by, container, [], groups) : undefined;
}

/** Returns the value at a path of keys; undefined if a key is missing. */
function inside(value: unknown, ...keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) {
    if (!isContainer(found) || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isSetting(path: readonly string[]): boolean {
  const joined = path.join('.');
  return path.length > 0 && Object.keys(settingPaths).some((setting) => locks(joined, setting));
}
