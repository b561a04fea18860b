import type { Location, Origin } from '../../location.ts';
import { locate, originAt } from '../../source/locate.ts';

/** A place in the spec: a container in a document and, for a value in the container, the key. */
export interface SpecPlace {
  readonly container: object;
  readonly key?: string | number;
  /** The part of the entry: its key or its value (if absent). */
  readonly part?: 'key' | 'value';
}

/** Returns the location of a value, or of its key if `at` says so. */
export function locationOf(at: SpecPlace): Location {
  return locate(at.container, at.key, at.part);
}

/** Returns the location of a value's key; in a list, the location of the value. */
export function keyLocationOf(at: SpecPlace): Location {
  return locate(at.container, at.key, 'key');
}

/** Returns the position at which a value was written. */
export function originOfWritten(at: SpecPlace): Origin {
  return originAt(at.container, at.key, at.part);
}

/**
 * Returns the entries of a map of the spec with their places, sorted by key, so that the order of lines has no effect.
 */
export function entriesOf<T>(
  map: Readonly<Record<string, T>> | undefined,
): readonly (readonly [string, T, SpecPlace])[] {
  if (map === undefined) return [];
  return Object.keys(map)
    .sort()
    .map((key) => [key, map[key] as T, { container: map, key }] as const);
}

/** Returns the items of a list of the spec with their places, in order. */
export function itemsOf<T>(list: readonly T[] | undefined): readonly (readonly [T, SpecPlace])[] {
  return (list ?? []).map((item, key) => [item, { container: list as object, key }] as const);
}
