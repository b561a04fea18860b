import type { SourceText } from './document.ts';
import type { PlaceTable } from './place-table.ts';

/** A stretch of a text: offsets in UTF-16 units, `end` after the last. */
export interface Span {
  readonly text: SourceText;
  readonly start: number;
  readonly end: number;
}

export type Part = 'key' | 'value';

/** Places of a container in one file. */
export interface WrittenPlaces {
  readonly table: PlaceTable;
  /** Position of the container's offsets in the table. */
  readonly at: number;
  /**
   * The keys of a map in the order of the file. Absent for a list, and for a map whose few keys are those of `Object.keys`
   * in the same order.
   */
  readonly keys?: readonly string[];
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

/** The most keys among which a key is looked for one after the other. */
const few = 16;

/** Notes the places of a container. Code that enumerates, copies or prints the container doesn't see them. */
export function notePlaces(container: object, value: Places): void {
  Object.defineProperty(container, noted, { value });
}

/** Notes the places of a container that is written in one file; `keys` are those of a map in the order of the file. */
export function noteWritten(
  container: object,
  table: PlaceTable,
  at: number,
  keys?: readonly string[],
): void {
  notePlaces(container, keys === undefined || isPlain(keys) ? { table, at } : { table, at, keys });
}

/** Returns true for a few keys that an object lists in the order in which they are added: numbers come first. */
function isPlain(keys: readonly string[]): boolean {
  return keys.length <= few && keys.every((key) => !/^\d/.test(key));
}

/** Returns the places that were noted for a container. */
export function placesOf(container: object): Places | undefined {
  return (container as Noted)[noted];
}

/** Returns the keys of a map in the order of its file. */
export function writtenKeys(container: object, { keys }: WrittenPlaces): readonly string[] {
  return keys ?? Object.keys(container);
}

/** Returns the place of the container itself. */
export function ownSpan(places: Places): Span {
  return 'self' in places ? places.self : (spanAt(places.table, places.at) ?? nowhere(places.table));
}

/** Returns the place of an entry or of its key; an item of a list has only one place. */
export function entrySpan(
  container: object,
  places: Places,
  key: string | number,
  part: Part,
): Span | undefined {
  if ('self' in places) return places.entries.get(key)?.[part];
  const { table, at } = places;
  if (Array.isArray(container)) {
    const index = Number(key);
    return index >= 0 && index < container.length ? spanAt(table, at + 2 + index * 2) : undefined;
  }
  const index = indexOfKey(writtenKeys(container, places), String(key));
  return index < 0 ? undefined : spanAt(table, at + 2 + index * 4 + (part === 'key' ? 0 : 2));
}

function spanAt(table: PlaceTable, position: number): Span | undefined {
  const start = table.at(position);
  const end = table.at(position + 1);
  return start === undefined || end === undefined ? undefined : { text: table.text, start, end };
}

function nowhere({ text }: PlaceTable): Span {
  return { text, start: 0, end: 0 };
}

const indexes = new WeakMap<readonly string[], Map<string, number>>();

/**
 * Returns the position of a key in a list of distinct keys, -1 if it isn't there. The list may have grown at its end
 * since the last call. Looks keys up in an index: searching a large list for each of its keys would take quadratic
 * time.
 */
export function indexOfKey(keys: readonly string[], key: string): number {
  if (keys.length <= few) return keys.indexOf(key);
  const index = indexes.get(keys) ?? new Map<string, number>();
  if (index.size === 0) indexes.set(keys, index);
  for (let position = index.size; position < keys.length; position += 1)
    index.set(keys[position] ?? '', position);
  return index.get(key) ?? -1;
}
