import type { Json } from '../lib/json.ts';
import { jsonRecord } from '../lib/json-record.ts';

/** The schema of a value (OpenAPI 3 with the extensions of Kubernetes), with the schemas that it refers to. */
export interface Schema {
  readonly node: Json;
  readonly named: Readonly<Record<string, Json>>;
}

/** Returns the schema of a kind among those of its group version; undefined if there is none. */
export function schemaOfKind(
  named: Readonly<Record<string, Json>>,
  apiVersion: string,
  kind: string,
): Schema | undefined {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const node = Object.values(named).find((schema) => {
    const kinds = jsonRecord(schema)['x-kubernetes-group-version-kind'];
    return (Array.isArray(kinds) ? (kinds as readonly Json[]) : [])
      .map(jsonRecord)
      .some((one) => one['group'] === group && one['version'] === version && one['kind'] === kind);
  });
  return node === undefined ? undefined : { node, named };
}

/**
 * Returns the schema if it is that of a CRD; undefined for a built-in kind, whose schema names defaults of Go's types
 * that the server doesn't fill in.
 */
export function structural(schema: Schema | undefined): Schema | undefined {
  const spec = jsonRecord(jsonRecord(jsonRecord(schema?.node)['properties'])['spec']);
  return spec['$ref'] !== undefined || spec['allOf'] !== undefined ? undefined : schema;
}

/** Returns the schema of a field of an object; for a map, the schema of all values. */
export function fieldSchema(schema: Schema | undefined, field: string): Schema | undefined {
  const { properties, additionalProperties } = fieldsOf(schema);
  const own = jsonRecord(properties);
  const node = Object.hasOwn(own, field) ? own[field] : additionalProperties;
  return schema && isSchema(node) ? { ...schema, node } : undefined;
}

/** Returns the schema of a list's entries. */
export function entrySchema(schema: Schema | undefined): Schema | undefined {
  const { items } = fieldsOf(schema);
  return schema && isSchema(items) ? { ...schema, node: items } : undefined;
}

/** The way in which an API server merges a list: as a whole, by its entries, or by keys of the entries. */
export type ListType =
  | { readonly type: 'atomic' | 'set' }
  | { readonly type: 'map'; readonly keys: readonly string[] };

/** Returns the way in which a list is merged; without a word in the schema a list is atomic. */
export function listType(schema: Schema | undefined): ListType {
  const fields = fieldsOf(schema);
  const keys = fields['x-kubernetes-list-map-keys'];
  const type = fields['x-kubernetes-list-type'];
  if (type === 'map' && Array.isArray(keys)) return { type: 'map', keys: keys as readonly string[] };
  return { type: type === 'set' ? 'set' : 'atomic' };
}

/** Returns the value that an API server gives to a missing field. */
export function defaultOf(schema: Schema | undefined): Json | undefined {
  return fieldsOf(schema)['default'];
}

/** Returns the fields of all properties that have a schema. */
export function propertiesOf(schema: Schema | undefined): readonly string[] {
  return Object.keys(jsonRecord(fieldsOf(schema)['properties']));
}

/**
 * Returns the keywords of a schema, with those of the schemas that it refers to: a default beside a reference is
 * written as `allOf` with one reference.
 */
function fieldsOf(schema: Schema | undefined): Readonly<Record<string, Json | undefined>> {
  let fields: Readonly<Record<string, Json | undefined>> = {};
  let node = jsonRecord(schema?.node);
  for (let depth = 0; depth < deepest; depth += 1) {
    fields = { ...node, ...fields };
    const all = node['allOf'];
    const reference =
      node['$ref'] ??
      (Array.isArray(all) && all.length === 1 ? jsonRecord(all[0] as Json)['$ref'] : undefined);
    if (typeof reference !== 'string') return fields;
    node = jsonRecord(schema?.named[reference.slice(reference.lastIndexOf('/') + 1)]);
  }
  return fields;
}

/** The most references in a row, so that a circle of references ends. */
const deepest = 8;

function isSchema(node: Json | undefined): node is Json {
  return typeof node === 'object' && node !== null;
}
