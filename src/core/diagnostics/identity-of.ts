import type { Document, SourceText } from '../source/document.ts';
import type { Location } from '../source/location.ts';
import { parseSource } from '../source/parse.ts';
import { entrySpan, placesOf, type Span } from '../source/places.ts';
import { offsetOf } from '../source/span.ts';

/** What a place belongs to: the object, as `Route shop/reviews`, and the way to the field in it. */
export interface Identity {
  /** Absent where no readable document holds the place, or the document names no object. */
  readonly object?: string;
  /** From the root of the document; an item of a list goes by its `name` where it has one. */
  readonly path: readonly string[];
}

/**
 * Says of places in one file what they belong to. Unlike line and column that stays the same when something is written
 * above. The text is read anew, once: only reports for programs that compare runs ask.
 */
export function identitiesIn(source: SourceText): (location: Location) => Identity {
  const { documents } = parseSource({ file: source.file, bytes: new TextEncoder().encode(source.text) });
  return ({ range }) => {
    const offset = offsetOf(source, range.start);
    const holds = ({ location }: Document): boolean =>
      offsetOf(source, location.range.start) <= offset && offset <= offsetOf(source, location.range.end);
    const value = documents.find(holds)?.value;
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

/** The keys from a container down to the innermost entry that an offset lies in, key or value. */
function pathTo(container: unknown, offset: number): readonly string[] {
  if (typeof container !== 'object' || container === null) return [];
  const places = placesOf(container);
  if (places === undefined) return [];
  const entries: readonly [string, unknown][] = Object.entries(container);
  const found = entries.find(([key]) => {
    const value = entrySpan(places, key, 'value');
    const start = entrySpan(places, key, 'key')?.start ?? value?.start;
    return start !== undefined && value !== undefined && start <= offset && offset < endOf(value);
  });
  if (found === undefined) return [];
  const [key, value] = found;
  const { name } = Array.isArray(container) ? fields(value) : {};
  return [typeof name === 'string' ? name : key, ...pathTo(value, offset)];
}

/** An empty value takes a place, too: that of its key is before it. */
function endOf({ start, end }: Span): number {
  return Math.max(end, start + 1);
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
