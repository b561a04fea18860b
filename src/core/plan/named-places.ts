import { formatOrigin } from '../location.ts';
import { originAt } from '../source/locate.ts';
import type { SpecObject } from '../spec/spec.ts';
import type { Json } from '../targets/artifact.ts';
import { keyOf } from './paired-entries.ts';
import { fieldPath, inList, inMap, type PlaceName } from './place-name.ts';
import type { SpecEdit } from './spec-edit.ts';

/** The document of a place, its named parts, and the path below them. */
export type NamedPlace = Pick<SpecEdit, 'kind' | 'namespace' | 'name' | 'within' | 'field'>;

/** Returns the name of each place of the documents by `file:line:column`: of keys, of values, and of list entries. */
export function namedPlaces(documents: readonly SpecObject<object>[]): ReadonlyMap<string, NamedPlace> {
  const places = new Map<string, NamedPlace>();
  for (const { kind, namespace, name, value, location } of documents) {
    const { file, range } = location;
    const note = (at: string, { within, field }: PlaceName) => {
      const path = field.length === 0 ? {} : { field: fieldPath(field) };
      if (!places.has(at)) places.set(at, { kind, namespace, name, within, ...path });
    };
    note(formatOrigin({ file, ...range.start }), { within: [], field: [] });
    walk(value, { within: [], field: [] }, note);
  }
  return places;
}

function walk(container: object, name: PlaceName, note: (at: string, name: PlaceName) => void): void {
  const isList = Array.isArray(container);
  for (const [key, value] of Object.entries(container) as [string, Json][]) {
    const isTop = key === 'spec' && name.within.length + name.field.length === 0;
    const inner = isList
      ? inList(name, keyOf(value) ?? String(Number(key) + 1))
      : isTop
        ? name
        : inMap(name, key);
    const at = isList ? Number(key) : key;
    if (!isList) note(formatOrigin(originAt(container, at, 'key')), inner);
    note(formatOrigin(originAt(container, at)), inner);
    if (typeof value === 'object' && value !== null) walk(value, inner, note);
  }
}
