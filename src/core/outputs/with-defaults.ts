import type { Json } from '../lib/json.ts';
import { jsonRecord } from '../lib/json-record.ts';
import { defaultOf, entrySchema, fieldSchema, propertiesOf, type Schema } from './schema.ts';

/**
 * Returns a value with every default that an API server would add to it (structural schemas: a default is added if its
 * object exists and the field doesn't). The server then adds nothing to the applied value.
 */
export function withDefaults(value: Json, schema: Schema | undefined): Json {
  return defaulter(schema)(value);
}

/** Returns a function that does as `withDefaults`; it reads each part of the schema once for many objects of a kind. */
export function defaulter(schema: Schema | undefined): (value: Json) => Json {
  if (schema === undefined) return (value) => value;
  const entries = once(() => {
    const of = entrySchema(schema);
    return of && defaulter(of);
  });
  const defaults = once(() =>
    propertiesOf(schema).flatMap((name) => {
      const given = defaultOf(fieldSchema(schema, name));
      return given === undefined ? [] : [[name, given] as const];
    }),
  );
  const ofFields = new Map<string, (value: Json) => Json>();
  const ofField = (name: string): ((value: Json) => Json) => {
    const known = ofFields.get(name) ?? defaulter(fieldSchema(schema, name));
    ofFields.set(name, known);
    return known;
  };
  return (value) => {
    if (Array.isArray(value)) {
      const list = value as readonly Json[];
      const entry = entries();
      return entry === undefined ? list : list.map(entry);
    }
    if (typeof value !== 'object' || value === null) return value;
    const fields = jsonRecord(value);
    const missing = defaults().filter(([name]) => !Object.hasOwn(fields, name));
    return Object.fromEntries(
      [...Object.entries(fields), ...missing].map(([name, own]) => [
        name,
        own === undefined ? own : ofField(name)(own),
      ]),
    );
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
