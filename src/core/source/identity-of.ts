import type { Location } from '../location.ts';
import type { Document, SourceText } from './document.ts';
import { parseSource } from './parse.ts';
import { placesOf } from './places.ts';
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
  const { keys, offsets } = places;
  // An entry of a map has four offsets (of key and value), an item of a list two.
  const size = keys === undefined ? 2 : 4;
  const index = lastNotAfter(offsets.length / size, (entry) => offsets[entry * size] ?? 0, offset);
  const [start = 0, end = 0] = offsets.slice((index + 1) * size - 2, (index + 1) * size);
  // The place of an empty value follows the place of its key.
  if (index < 0 || offset >= Math.max(end, start + 1)) return [];
  const key = keys?.[index] ?? String(index);
  const value = (container as Readonly<Record<string, unknown>>)[key];
  const { name } = Array.isArray(container) ? fields(value) : {};
  return [typeof name === 'string' ? name : key, ...pathTo(value, offset)];
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
