import type { Location, Origin } from '../../location.ts';
import { locate, originAt } from '../../source/locate.ts';

/** A place in the spec: a container of a document and, for a value inside it, its key. */
export interface At {
  readonly container: object;
  readonly key?: string | number;
  /** The part that is meant; `value` if absent. */
  readonly part?: 'key' | 'value';
}

/** The stretch of text of a value (or of its key, where `at` says so). */
export function locationOf(at: At): Location {
  return locate(at.container, at.key, at.part);
}

/** The stretch of text of the key that a value stands under; of the value where it has none (in a list). */
export function keyLocationOf(at: At): Location {
  return locate(at.container, at.key, 'key');
}

/** The point where a value was written. */
export function originOfWritten(at: At): Origin {
  return originAt(at.container, at.key, at.part);
}

/** The entries of a map of the spec with their places, sorted by key, so that the order of lines means nothing. */
export function entriesOf<T>(
  map: Readonly<Record<string, T>> | undefined,
): readonly (readonly [string, T, At])[] {
  if (map === undefined) return [];
  return Object.keys(map)
    .sort()
    .map((key) => [key, map[key] as T, { container: map, key }] as const);
}

/** The items of a list of the spec with their places, in order. */
export function itemsOf<T>(list: readonly T[] | undefined): readonly (readonly [T, At])[] {
  return (list ?? []).map((item, key) => [item, { container: list as object, key }] as const);
}
