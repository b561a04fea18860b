import type { Ir } from '../ir/ir.ts';
import { builtInSetting } from '../ir/link/built-in-setting.ts';
import {
  locks,
  type MergedSetting,
  type MergedSettings,
  mergedSettings,
} from '../ir/link/merged-settings.ts';
import { nullableGroups, settingPaths } from '../ir/link/setting-paths.ts';
import type { WrittenSetting } from '../ir/link/setting-source.ts';
import { originOfWritten } from '../ir/link/spec-place.ts';
import { formatOrigin, type Origin, originOf } from '../location.ts';
import { locatePath } from '../source/locate.ts';
import { definitionOf, type FieldSchema, resolved } from '../spec/field-schema.ts';
import type { Kind, Spec, SpecObject } from '../spec/spec.ts';
import { type Followed, followPath } from './follow-path.ts';
import { type NamedDocument, namedDocument } from './named-document.ts';
import { overridingRules } from './overriding-rules.ts';
import { type SettingHolder, settingHolder } from './setting-holder.ts';

/** A written value of a setting, with its document and place. */
export interface SettingValue {
  readonly value: unknown;
  /** The document of the value: `Profile gold`. */
  readonly by: string;
  readonly place: Origin;
}

/** A value and its origin. */
export interface ValueOrigin {
  /** `Service/shop/reviews.retries.attempts`. */
  readonly path: string;
  /**
   * The value as written. A built-in value has the form in which it would be written; a setting that is off is
   * `undefined`.
   */
  readonly value: unknown;
  readonly by: string;
  readonly place: Origin | 'built-in';
  /** Place at which a Profile locks the setting. */
  readonly lockedAt?: Origin;
  /** Values that lose against this value, in order of precedence. */
  readonly others: readonly SettingValue[];
  /** Values of rules that win over this value for the requests they take, in order of the Routes; absent if none does. */
  readonly overriddenBy?: readonly SettingValue[];
}

/** The values at and below a path, or the reason why there are none. */
export type OriginAnswer = { readonly origins: readonly ValueOrigin[] } | { readonly problem: string };

/**
 * Returns the origins of the values at a path. The path leads to settings (`Service/shop/reviews.timeout`,
 * `shop/reviews.retries`), to a rule by its name or number from 1 (`Route/shop/reviews.rules.testers.timeout`), or to
 * any other field of a document.
 */
export function originOfPath(spec: Spec, ir: Ir, path: string): OriginAnswer {
  const document = namedDocument(spec, path);
  if ('problem' in document) return document;
  const holder = settingHolder(spec, ir, document);
  if (holder !== undefined) return settingOrigins(spec, document, holder);
  return writtenOrigin(document);
}

function settingOrigins(spec: Spec, document: NamedDocument, holder: SettingHolder): OriginAnswer {
  const { path, sources, prefix, serviceId } = holder;
  const merged = mergedSettings(sources, () => undefined);
  const origins = Object.keys(settingPaths)
    .filter((setting) => locks(path, setting) && isShown(setting, merged))
    .map((setting) => {
      const full = `${document.title}.${prefix}${setting}`;
      const found = merged.get(setting);
      const others = losers(setting, found, holder);
      const rules = serviceId === undefined ? [] : overridingRules(spec, serviceId, setting, sources);
      const overriddenBy = rules.map(({ by, setting: won }) => writtenBy(by, won));
      const over = overriddenBy.length > 0 ? { overriddenBy } : {};
      if (found !== undefined) return { ...settingOrigin(full, found, others), ...over };
      const value = builtInSetting(setting, merged);
      return { path: full, value, by: 'built-in', place: 'built-in', others, ...over } as const;
    });
  return { origins };
}

/** Returns the losing values of a setting in order of precedence, including those that overlays replaced or deleted. */
function losers(
  setting: string,
  found: MergedSetting | undefined,
  { sources, overlaid }: SettingHolder,
): readonly SettingValue[] {
  const others = found?.others ?? [];
  const kept = new Set((found === undefined ? [] : [found, ...others]).map(placeOf));
  const replaced = overlaid.flatMap((source) => {
    const before = source.settings.get(setting);
    return before === undefined || kept.has(placeOf(before)) ? [] : [before];
  });
  const precedence = sources.map(({ by }) => by);
  return [...others, ...replaced]
    .toSorted((one, other) => precedence.indexOf(one.by) - precedence.indexOf(other.by))
    .map((other) => writtenBy(other.by, other));
}

function writtenBy(by: string, setting: WrittenSetting): SettingValue {
  return { value: rawValue(setting), by, place: originOfWritten(setting) };
}

function placeOf(at: WrittenSetting): string {
  return formatOrigin(originOfWritten(at));
}

/**
 * Returns true if a setting is shown. Of a group that is on, only the fields are shown; a group that `null` turned off
 * is shown itself.
 */
function isShown(setting: string, merged: MergedSettings): boolean {
  const group = nullableGroups.find((candidate) => locks(candidate, setting));
  if (group === undefined) return true;
  return (setting === group) === (merged.get(group)?.value === false);
}

function settingOrigin(path: string, setting: MergedSetting, others: readonly SettingValue[]): ValueOrigin {
  return {
    path,
    value: rawValue(setting),
    by: setting.by,
    place: originOfWritten(setting),
    ...(setting.lock && { lockedAt: originOfWritten(setting.lock) }),
    others,
  };
}

function rawValue({ container, key }: WrittenSetting): unknown {
  return (container as Readonly<Record<string | number, unknown>>)[key ?? ''];
}

function writtenOrigin({ title, object, path }: NamedDocument): OriginAnswer {
  const found = followPath(title, specOf(object.kind, object.value), path);
  if ('problem' in found) return found;
  const { value, keys, schema } = found;
  const before = overlaidValue(object, path, found);
  const others = before === undefined ? [] : [{ ...before, by: title }];
  const full = [title, ...path].join('.');
  if (value !== undefined) {
    const place = originOf(locatePath(object.value as object, ['spec', ...keys]));
    return { origins: [{ path: full, value, by: title, place, others }] };
  }
  if (before !== undefined)
    return { origins: [{ path: full, value: schema.default, by: 'built-in', place: 'built-in', others }] };
  return { problem: `${title} has no ${path.join('.')}: nobody wrote it, so its default holds` };
}

function specOf(kind: Kind, document: unknown): { readonly value: unknown; readonly schema: FieldSchema } {
  const schema = resolved(definitionOf(kind)).properties?.['spec'] ?? {};
  return { value: (document as { readonly spec: unknown }).spec, schema };
}

/**
 * Returns the value that a base document had at a path that an overlay changed; undefined if it had none, or if maps
 * were merged.
 */
function overlaidValue(
  { kind, value, overlaid }: SpecObject<unknown>,
  path: readonly string[],
  now: Followed,
): Omit<SettingValue, 'by'> | undefined {
  if (overlaid === undefined) return undefined;
  const before = followPath('', specOf(kind, overlaid), path);
  if ('problem' in before || before.value === undefined) return undefined;
  const place = originOf(locatePath(overlaid, ['spec', ...before.keys]));
  const after = originOf(locatePath(value as object, ['spec', ...now.keys]));
  const isKept = now.value !== undefined && formatOrigin(place) === formatOrigin(after);
  return isKept ? undefined : { value: before.value, place };
}
