import { parseAllDocuments } from 'yaml';

/**
 * Returns the paths of all leaf fields of the YAML documents of a text: values that are no map and no list, and empty
 * ones. It shares no code with the import, so that a field which the import overlooks shows up.
 */
export function leafPaths(text: string): readonly (readonly string[])[] {
  const documents = parseAllDocuments(text, { version: '1.2' });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const value: unknown = document.toJS();
    const objects = isList(value) ? value.items : [value];
    return objects.map((object) => leaves(object).map((path) => path.join(' / ')));
  });
}

function isList(value: unknown): value is { readonly items: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items);
}

function leaves(value: unknown): readonly string[][] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [[]];
  return Object.entries(value).flatMap(([key, below]) => leaves(below).map((path) => [key, ...path]));
}
