import { entrySpan, type Part, placesOf } from './places.ts';

/** The innermost entry of a document at an offset. */
export interface EntryAt {
  /** Keys and indices from the root of the document. */
  readonly path: readonly (string | number)[];
  readonly part: Part;
}

/** Returns the innermost entry whose key or value holds an offset (UTF-16); undefined if there is none. */
export function entryAt(root: unknown, offset: number): EntryAt | undefined {
  if (typeof root !== 'object' || root === null) return undefined;
  const places = placesOf(root);
  if (places === undefined) return undefined;
  const keys: readonly (string | number)[] = Array.isArray(root) ? [...root.keys()] : Object.keys(root);
  for (const key of keys) {
    const holds = (part: Part) => {
      const span = entrySpan(root, places, key, part);
      return span !== undefined && span.start <= offset && offset <= span.end;
    };
    if (!Array.isArray(root) && holds('key')) return { path: [key], part: 'key' };
    if (!holds('value')) continue;
    const inner = entryAt((root as Readonly<Record<string | number, unknown>>)[key], offset);
    if (inner !== undefined) return { path: [key, ...inner.path], part: inner.part };
    return { path: [key], part: 'value' };
  }
  return undefined;
}
