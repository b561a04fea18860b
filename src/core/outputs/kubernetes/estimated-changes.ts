import type { LiveObject } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { entrySchema, fieldSchema, listType, type Schema } from '../schema.ts';
import { elementId, type PathElement } from './field-path.ts';
import { changedFields, type PlacedChange } from './object-changes.ts';
import { ownedPart } from './owned-fields.ts';
import { withoutNoise } from './without-noise.ts';

/**
 * Returns an estimate of the fields that an apply would change, without an answer of the server: fields of the manifest
 * with other present values, whoever owns them, and fields that we own and the manifest lacks.
 */
export function estimatedChanges(
  live: LiveObject,
  manifest: Json,
  manager: string,
  schema: Schema | undefined,
): readonly PlacedChange[] {
  const changes = changedFields(projected(withoutNoise(live), manifest, schema), manifest, schema);
  const owned = ownedPart(live, manager);
  if (owned === undefined) return changes;
  const known = new Set(changes.map(({ path }) => path));
  const given = changedFields(owned, manifest, schema).filter(
    ({ path, after }) => after === undefined && !known.has(path),
  );
  return [...changes, ...given].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Returns the part of a value that a manifest names; an atomic list is one value. */
function projected(value: Json | undefined, shape: Json, schema: Schema | undefined): Json | undefined {
  if (Array.isArray(value) && Array.isArray(shape))
    return projectedList(value as readonly Json[], shape as readonly Json[], schema);
  if (!isObject(value) || !isObject(shape)) return value;
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, inner]) => {
      const found = inner === undefined ? undefined : projected(value[key], inner, fieldSchema(schema, key));
      return found === undefined ? [] : [[key, found]];
    }),
  );
}

function projectedList(list: readonly Json[], shape: readonly Json[], schema: Schema | undefined): Json {
  const type = listType(schema);
  if (type.type === 'atomic') return list;
  const idOf = (entry: Json): string => {
    const keys = type.type === 'map' ? type.keys : [];
    const fields = jsonRecord(entry);
    const element: PathElement =
      type.type === 'map'
        ? { key: Object.fromEntries(keys.map((key) => [key, fields[key] ?? null])) }
        : { value: entry };
    return elementId(element);
  };
  const shapes = new Map(shape.map((entry) => [idOf(entry), entry]));
  return list.flatMap((entry) => {
    const own = shapes.get(idOf(entry));
    const found = own === undefined ? undefined : projected(entry, own, entrySchema(schema));
    return found === undefined ? [] : [found];
  });
}

function isObject(value: Json | undefined): value is Readonly<Record<string, Json | undefined>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
