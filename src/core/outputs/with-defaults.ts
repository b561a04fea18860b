import type { Json } from '../lib/json.ts';
import { jsonRecord } from '../lib/json-record.ts';
import { defaultOf, entrySchema, fieldSchema, propertiesOf, type Schema } from './schema.ts';

/**
 * Returns a value with every default that an API server would add to it (structural schemas: a default is added if its
 * object exists and the field doesn't). The server then adds nothing to the applied value.
 */
export function withDefaults(value: Json, schema: Schema | undefined): Json {
  if (schema === undefined) return value;
  if (Array.isArray(value)) {
    const entries = entrySchema(schema);
    const list = value as readonly Json[];
    return entries === undefined ? list : list.map((entry) => withDefaults(entry, entries));
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = jsonRecord(value);
  const missing = propertiesOf(schema).flatMap((name) => {
    const given = Object.hasOwn(fields, name) ? undefined : defaultOf(fieldSchema(schema, name));
    return given === undefined ? [] : [[name, given] as const];
  });
  return Object.fromEntries(
    [...Object.entries(fields), ...missing].map(([name, own]) => [
      name,
      own === undefined ? own : withDefaults(own, fieldSchema(schema, name)),
    ]),
  );
}
