import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';

/** A step into an object: a field, an entry of a list by its keys, by its value, or by its position. */
export type PathElement =
  | { readonly field: string }
  | { readonly key: Readonly<Record<string, Json>> }
  | { readonly value: Json }
  | { readonly index: number };

/** Returns the step that a key of `fieldsV1` stands for (structured-merge-diff: `f:`, `k:`, `v:`, `i:`); undefined for `.`. */
export function pathElement(key: string): PathElement | undefined {
  const text = key.slice(2);
  try {
    switch (key.slice(0, 2)) {
      case 'f:':
        return { field: text };
      case 'k:':
        return { key: jsonRecord(JSON.parse(text) as Json) as Readonly<Record<string, Json>> };
      case 'v:':
        return { value: JSON.parse(text) as Json };
      case 'i:':
        return { index: Number(text) };
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

/** Returns a text that identifies the place of a step. */
export function elementId(element: PathElement): string {
  return canonicalJson(element);
}

/** Returns true if a path element selects the list entry. */
export function isEntry(entry: Json, element: PathElement): boolean {
  if ('value' in element) return canonicalJson(entry) === canonicalJson(element.value);
  if (!('key' in element)) return false;
  const fields = jsonRecord(entry);
  return Object.entries(element.key).every(
    // The server's entry has every key: the server adds the schema's default for a key that a user leaves out.
    ([name, value]) => canonicalJson(fields[name] ?? null) === canonicalJson(value),
  );
}
