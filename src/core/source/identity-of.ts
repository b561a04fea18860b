import type { Location } from '../location.ts';
import type { Document, SourceText } from './document.ts';
import { parseSource } from './parse.ts';
import { placesOf, type WrittenPlaces, writtenKeys } from './places.ts';
import { offsetOf } from './span.ts';

/** The object that a place belongs to, in the form `Route shop/reviews`, and the path to the field in the object. */
export interface Identity {
  /** Absent if the place is in no readable document, or the document has no name. */
  readonly object?: string;
  /** The path from the root of the document; an item of a list is named by its `name`, if it has one. */
  readonly path: readonly string[];
}

/**
 * Returns a function that finds the object and path of a place in one file. Unlike line and column, they stay the same
 * when lines above change. The function parses the file again, once; only reports for programs that compare runs need
 * it.
 */
export function identitiesIn(source: SourceText): (location: Location) => Identity {
  const { documents } = parseSource({ file: source.file, bytes: new TextEncoder().encode(source.text) });
  const starts = documents.map(({ location }) => offsetOf(source, location.range.start));
  return ({ range }) => {
    const offset = offsetOf(source, range.start);
    const holds = ({ location }: Document): boolean => offset <= offsetOf(source, location.range.end);
    const nearest = documents[lastNotAfter(starts.length, (index) => starts[index] ?? 0, offset)];
    const value = nearest !== undefined && holds(nearest) ? nearest.value : undefined;
    const object = objectOf(value);
    return { ...(object !== undefined && { object }), path: pathTo(value, offset) };
  };
}

function objectOf(value: unknown): string | undefined {
  const { kind, metadata } = fields(value);
  const { name, namespace } = fields(metadata);
  if (typeof kind !== 'string' || typeof name !== 'string') return undefined;
  return `${kind} ${typeof namespace === 'string' ? `${namespace}/` : ''}${name}`;
}

/** Returns the keys from a container down to the innermost entry whose key or value holds an offset. */
function pathTo(container: unknown, offset: number): readonly string[] {
  if (typeof container !== 'object' || container === null) return [];
  const places = placesOf(container);
  if (places === undefined || 'self' in places) return [];
  if (Array.isArray(container)) {
    const index = entryAt(places, container.length, 2, offset);
    if (index < 0) return [];
    const item: unknown = container[index];
    const { name } = fields(item);
    return [typeof name === 'string' ? name : String(index), ...pathTo(item, offset)];
  }
  const keys = writtenKeys(container, places);
  const key = keys[entryAt(places, keys.length, 4, offset)];
  return key === undefined ? [] : [key, ...pathTo(fields(container)[key], offset)];
}

/**
 * Returns the index of the entry whose key or value holds an offset, -1 if none does. An entry of a map has `size` 4
 * offsets (of key and value), an item of a list 2.
 */
function entryAt({ table, at }: WrittenPlaces, count: number, size: number, offset: number): number {
  const first = at + 2;
  const index = lastNotAfter(count, (entry) => table.at(first + entry * size) ?? 0, offset);
  const next = first + (index + 1) * size;
  const [start, end] = [table.at(next - 2) ?? 0, table.at(next - 1) ?? 0];
  // The place of an empty value follows the place of its key.
  return offset < Math.max(end, start + 1) ? index : -1;
}

/**
 * Returns the index of the last of `count` ascending numbers that is not greater than a limit, -1 if all are greater.
 */
function lastNotAfter(count: number, numberAt: (index: number) => number, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
