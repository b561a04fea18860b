import type { Location, Origin } from '../location.ts';
import { entrySpan, ownSpan, type Part, type Places, placesOf, type Span } from './places.ts';
import { locationAt, positionAt } from './span.ts';

/**
 * Returns the place of an entry of a container, or of its key; without `key` the place of the container itself. A
 * missing entry has the place of its container.
 */
export function locate(container: object, key?: string | number, part: Part = 'value'): Location {
  return locationOf(spanOf(container, key, part));
}

/** Returns the start of the place that `locate` returns. */
export function originAt(container: object, key?: string | number, part: Part = 'value'): Origin {
  const { text, start } = spanOf(container, key, part);
  return { file: text.file, ...positionAt(text, start) };
}

function spanOf(container: object, key: string | number | undefined, part: Part): Span {
  const places = placesIn(container);
  return (key === undefined ? undefined : entrySpan(container, places, key, part)) ?? ownSpan(places);
}

/**
 * Returns the place at the end of `path` from the root of a document; if the path doesn't exist, the place of its last
 * part that does.
 */
export function locatePath(root: object, path: readonly (string | number)[], part: Part = 'value'): Location {
  return locationOf(spanAlong(root, path, part));
}

/** Returns the text and the offsets of the place that `locatePath` returns. */
export function spanAlong(root: object, path: readonly (string | number)[], part: Part = 'value'): Span {
  let span = ownSpan(placesIn(root));
  let container: unknown = root;
  for (const key of path) {
    if (!isContainer(container)) break;
    const places: Places | undefined = placesOf(container);
    const next: Span | undefined = places === undefined ? undefined : entrySpan(container, places, key, part);
    if (next === undefined) break;
    span = next;
    container = (container as Readonly<Record<string | number, unknown>>)[key];
  }
  return span;
}

function locationOf({ text, start, end }: Span): Location {
  return locationAt(text, start, end);
}

function placesIn(container: object): Places {
  const places = placesOf(container);
  if (places === undefined) throw new Error('a container that no document holds has no place');
  return places;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
