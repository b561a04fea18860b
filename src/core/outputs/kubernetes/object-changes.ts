import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { fieldChanges } from '../../plan/field-changes.ts';
import type { FieldChange } from '../../plan/plan.ts';
import { entrySchema, fieldSchema, listType, type Schema } from '../schema.ts';
import { elementId, type PathElement } from './field-path.ts';

/** A field that differs, with its place for the API server: an atomic list is one place. */
export interface PlacedChange extends FieldChange {
  readonly at: readonly PathElement[];
}

/**
 * Returns the fields in which two objects differ, in the order of their paths. Compares entries of a list by the keys
 * of the schema. For people, compares entries of an atomic list by a name if all have one, else by position.
 */
export function changedFields(
  before: Json | undefined,
  after: Json | undefined,
  schema: Schema | undefined,
): readonly PlacedChange[] {
  return changes(before, after, { schema, path: '', at: [] });
}

interface Place {
  readonly schema: Schema | undefined;
  readonly path: string;
  readonly at: readonly PathElement[];
}

function changes(before: Json | undefined, after: Json | undefined, place: Place): readonly PlacedChange[] {
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after))
    return listChanges(before as readonly Json[], after as readonly Json[], place);
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => changes(own(before, key), own(after, key), inField(place, key)));
  }
  const { path, at } = place;
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }), at }];
}

function listChanges(before: readonly Json[], after: readonly Json[], place: Place): readonly PlacedChange[] {
  const { path, at, schema } = place;
  const type = listType(schema);
  const elementOf = (entry: Json): PathElement =>
    type.type === 'map' ? { key: keysOf(entry, type.keys) } : { value: entry };
  const [was, will] = [byElement(before, elementOf), byElement(after, elementOf)];
  if (type.type === 'atomic' || was === undefined || will === undefined)
    return fieldChanges(before, after, path).map((change) => ({ ...change, at }));
  return [...new Set([...was.keys(), ...will.keys()])].flatMap((id) => {
    const [old, next] = [was.get(id), will.get(id)];
    const element = (old ?? next)?.element ?? { value: null };
    return changes(old?.entry, next?.entry, {
      schema: entrySchema(schema),
      path: `${path}[${wordsOf(element)}]`,
      at: [...at, element],
    });
  });
}

interface Entry {
  readonly element: PathElement;
  readonly entry: Json;
}

/** Returns the entries by their keys; undefined if two entries have the same keys, which an API server would refuse. */
function byElement(
  list: readonly Json[],
  elementOf: (entry: Json) => PathElement,
): ReadonlyMap<string, Entry> | undefined {
  const entries = list.map((entry) => ({ element: elementOf(entry), entry }));
  const map = new Map(entries.map((one) => [elementId(one.element), one]));
  return map.size === list.length ? map : undefined;
}

function keysOf(entry: Json, keys: readonly string[]): Readonly<Record<string, Json>> {
  const fields = jsonRecord(entry);
  return Object.fromEntries(keys.flatMap((key) => (fields[key] === undefined ? [] : [[key, fields[key]]])));
}

function wordsOf(element: PathElement): string {
  if ('value' in element)
    return typeof element.value === 'string' ? element.value : canonicalJson(element.value);
  if ('key' in element) return Object.values(element.key).map(String).join('/');
  return '';
}

function inField({ schema, path, at }: Place, key: string): Place {
  const step = /^[A-Za-z_@][\w@-]*$/.test(key) ? key : JSON.stringify(key);
  return {
    schema: fieldSchema(schema, key),
    path: path === '' ? step : `${path}.${step}`,
    at: [...at, { field: key }],
  };
}

type Fields = Readonly<Record<string, Json | undefined>>;

function isObject(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(fields: Fields, key: string): Json | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}
