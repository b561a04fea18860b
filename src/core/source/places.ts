import type { SourceText } from './document.ts';

/** A stretch of a text: offsets in UTF-16 units, `end` after the last. */
export interface Span {
  readonly text: SourceText;
  readonly start: number;
  readonly end: number;
}

export type Part = 'key' | 'value';

/**
 * The places of a container in one file. Offsets of all entries are in one list, without an object for each: a mesh has
 * hundreds of thousands of entries.
 */
export interface WrittenPlaces extends Span {
  /** The keys of a map in the order of the file; absent for a list. */
  readonly keys?: readonly string[];
  /** Start and end of key and value for each entry of a map; start and end of each item of a list. */
  readonly offsets: readonly number[];
}

/** Places of a container that was merged from several files, with the original container of each entry. */
export interface MergedPlaces {
  readonly self: Span;
  readonly entries: ReadonlyMap<string | number, { readonly key: Span; readonly value: Span }>;
}

export type Places = WrittenPlaces | MergedPlaces;

const noted = Symbol('places');

interface Noted {
  readonly [noted]?: Places;
}

/** Notes the places of a container. Code that enumerates, copies or prints the container doesn't see them. */
export function notePlaces(container: object, value: Places): void {
  Object.defineProperty(container, noted, { value });
}

/** Returns the places that `notePlaces` noted for a container. */
export function placesOf(container: object): Places | undefined {
  return (container as Noted)[noted];
}

/** Returns the place of the container itself. */
export function ownSpan(places: Places): Span {
  return 'self' in places ? places.self : places;
}

/** Returns the place of an entry or of its key; an item of a list has only one place. */
export function entrySpan(places: Places, key: string | number, part: Part): Span | undefined {
  if ('self' in places) return places.entries.get(key)?.[part];
  const { text, keys, offsets } = places;
  const index = keys === undefined ? Number(key) : indexOfKey(keys, String(key));
  const at = keys === undefined ? index * 2 : index * 4 + (part === 'key' ? 0 : 2);
  const start = offsets[at];
  const end = offsets[at + 1];
  return start === undefined || end === undefined ? undefined : { text, start, end };
}

const indexes = new WeakMap<readonly string[], Map<string, number>>();

/**
 * Returns the position of a key in a list of distinct keys, -1 if it isn't there. The list may have grown at its end
 * since the last call. Looks keys up in an index: searching a large list for each of its keys would take quadratic
 * time.
 */
export function indexOfKey(keys: readonly string[], key: string): number {
  if (keys.length <= 16) return keys.indexOf(key);
  const index = indexes.get(keys) ?? new Map<string, number>();
  if (index.size === 0) indexes.set(keys, index);
  for (let position = index.size; position < keys.length; position += 1)
    index.set(keys[position] ?? '', position);
  return index.get(key) ?? -1;
}
