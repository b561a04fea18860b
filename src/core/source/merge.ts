import { bareObject } from '../lib/bare-object.ts';
import { entrySpan, notePlaces, ownSpan, placesOf, type Span } from './places.ts';

/** Called with the container and the key of an overlay's entry that deletes an entry which the base doesn't have. */
export type OnVain = (container: object, key: string) => void;

type Values = Readonly<Record<string, unknown>>;

/**
 * Merges an overlay into a value (language.md, Files): maps merge, lists whose entries all have a `name` merge by name,
 * everything else replaces, `null` deletes. Neither value is changed, and each part of the result keeps its place.
 */
export function merge(base: unknown, overlay: unknown, onVain: OnVain): unknown {
  if (isMap(overlay)) return mergeMaps(isMap(base) ? base : undefined, overlay, onVain);
  if (isNamedList(base) && isNamedList(overlay)) return mergeLists(base, overlay, onVain);
  return overlay;
}

interface Entry {
  readonly value: unknown;
  readonly key: Span;
  readonly span: Span;
}

function mergeMaps(base: Values | undefined, overlay: Values, onVain: OnVain): Values {
  const entries = new Map<string, Entry>();
  for (const key of base === undefined ? [] : Object.keys(base)) entries.set(key, entryOf(base ?? {}, key));
  for (const key of Object.keys(overlay)) {
    const before = entries.get(key);
    if (overlay[key] === null) {
      if (before === undefined) onVain(overlay, key);
      entries.delete(key);
      continue;
    }
    const written = entryOf(overlay, key);
    const value = merge(before?.value, written.value, onVain);
    // A map in both files keeps its place in the base; a value that replaces another has its place in the overlay.
    entries.set(
      key,
      before !== undefined && areMerged(before.value, written.value)
        ? { ...before, value }
        : { ...written, value },
    );
  }
  const merged = bareObject<unknown>();
  for (const [key, { value }] of entries) merged[key] = value;
  return placed(merged, base ?? overlay, entries);
}

function mergeLists(base: readonly Values[], overlay: readonly Values[], onVain: OnVain): readonly unknown[] {
  const entries = base.map((_, index) => entryOf(base, index));
  const positions = new Map(base.map(({ name }, index) => [name, index]));
  for (const [index, item] of overlay.entries()) {
    const position = positions.get(item['name']);
    if (position === undefined) {
      positions.set(item['name'], entries.length);
      entries.push({ ...entryOf(overlay, index), value: merge(undefined, item, onVain) });
      continue;
    }
    const before = entries[position];
    if (before !== undefined) entries[position] = { ...before, value: merge(before.value, item, onVain) };
  }
  return placed(
    entries.map(({ value }) => value),
    base,
    new Map(entries.entries()),
  );
}

function entryOf(container: object, key: string | number): Entry {
  const places = placesOf(container);
  if (places === undefined) throw new Error('only values of documents can be merged');
  const self = ownSpan(places);
  const value = (container as Values)[key];
  return {
    value,
    key: entrySpan(container, places, key, 'key') ?? self,
    span: entrySpan(container, places, key, 'value') ?? self,
  };
}

function placed<T extends object>(
  merged: T,
  origin: object,
  entries: ReadonlyMap<string | number, Entry>,
): T {
  const places = placesOf(origin);
  if (places === undefined) throw new Error('only values of documents can be merged');
  const spans = [...entries].map(([key, entry]) => [key, { key: entry.key, value: entry.span }] as const);
  notePlaces(merged, { self: ownSpan(places), entries: new Map(spans) });
  return merged;
}

function areMerged(base: unknown, overlay: unknown): boolean {
  return (isMap(base) && isMap(overlay)) || (isNamedList(base) && isNamedList(overlay));
}

function isNamedList(value: unknown): value is readonly Values[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => isMap(item) && typeof item['name'] === 'string')
  );
}

function isMap(value: unknown): value is Values {
  return isContainer(value) && !Array.isArray(value);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
