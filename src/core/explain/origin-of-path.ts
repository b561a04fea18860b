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
import { originOfWritten } from '../ir/link/written.ts';
import { type Origin, originOf } from '../location.ts';
import { locatePath } from '../source/locate.ts';
import type { Spec } from '../spec/spec.ts';
import { type NamedDocument, namedDocument } from './named-document.ts';
import { type SettingHolder, settingHolder } from './setting-holder.ts';

/** A value that was written for a setting and did not win. */
export interface LosingSetting {
  readonly value: unknown;
  /** The document that says so: `Profile gold`. */
  readonly by: string;
  readonly place: Origin;
}

/** A value and its origin. */
export interface ValueOrigin {
  /** `Service/shop/reviews.retries.attempts`. */
  readonly path: string;
  /** As written; of what is built in as it would be written, `undefined` for what is off. */
  readonly value: unknown;
  readonly by: string;
  readonly place: Origin | 'built-in';
  /** Place of the lock of a Profile on it. */
  readonly lockedAt?: Origin;
  /** Values that lose against it, in order of precedence. */
  readonly others: readonly LosingSetting[];
}

/** The values at and below a path, or why there are none. */
export type OriginAnswer = { readonly origins: readonly ValueOrigin[] } | { readonly problem: string };

/**
 * Returns the origins of the values at a path: `Service/shop/reviews.timeout` or `shop/reviews.retries` for settings,
 * `Route/shop/reviews.rules.testers.timeout` for a rule (by name or number from 1), any other field of a document too.
 */
export function originOfPath(spec: Spec, ir: Ir, path: string): OriginAnswer {
  const document = namedDocument(spec, path);
  if ('problem' in document) return document;
  const holder = settingHolder(spec, ir, document);
  if (holder !== undefined) return settingOrigins(document, holder);
  return writtenOrigin(document);
}

function settingOrigins(document: NamedDocument, { path, sources, prefix }: SettingHolder): OriginAnswer {
  const merged = mergedSettings(sources, () => undefined);
  const origins = Object.keys(settingPaths)
    .filter((setting) => locks(path, setting) && isShown(setting, merged))
    .map((setting) => {
      const full = `${document.title}.${prefix}${setting}`;
      const found = merged.get(setting);
      if (found !== undefined) return settingOrigin(full, found);
      const value = builtInSetting(setting, merged);
      return { path: full, value, by: 'built-in', place: 'built-in', others: [] } as const;
    });
  return { origins };
}

/** A group that is on shows in what is written of its fields, and one that `null` turned off shows alone. */
function isShown(setting: string, merged: MergedSettings): boolean {
  const group = nullableGroups.find((candidate) => locks(candidate, setting));
  if (group === undefined) return true;
  return (setting === group) === (merged.get(group)?.value === false);
}

function settingOrigin(path: string, setting: MergedSetting): ValueOrigin {
  return {
    path,
    value: rawValue(setting),
    by: setting.by,
    place: originOfWritten(setting),
    ...(setting.lock && { lockedAt: originOfWritten(setting.lock) }),
    others: setting.others.map((other) => ({
      value: rawValue(other),
      by: other.by,
      place: originOfWritten(other),
    })),
  };
}

function rawValue({ container, key }: WrittenSetting): unknown {
  return (container as Readonly<Record<string | number, unknown>>)[key ?? ''];
}

function writtenOrigin({ title, object, path }: NamedDocument): OriginAnswer {
  let value: unknown = (object.value as { readonly spec: unknown }).spec;
  for (const key of path) {
    const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    if (!inside)
      return { problem: `${title} has no ${path.join('.')}: nobody wrote it, so its default holds` };
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  const place = originOf(locatePath(object.value as object, ['spec', ...path]));
  return { origins: [{ path: [title, ...path].join('.'), value, by: title, place, others: [] }] };
}
