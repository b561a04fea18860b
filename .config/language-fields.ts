import type { Schema } from './schemas.ts';

/** All definitions of the language by name, and those with a section of their own. */
export interface Language {
  readonly all: Readonly<Record<string, Schema>>;
  /** Definitions that several places use: shown once, and linked. */
  readonly shared: ReadonlySet<string>;
}

/**
 * Sorts definitions: kinds, and definitions with several users, get a section of their own. Lists and maps only name
 * their entries.
 */
export function languageOf(all: Readonly<Record<string, Schema>>): Language {
  const references = Object.entries(all).flatMap(([from, schema]) =>
    referencesIn(schema).map((to) => ({ from, to })),
  );
  const isCollection = (name: string): boolean => {
    const entries = entriesOf(all[name] ?? {});
    return entries !== undefined && (all[name]?.['type'] === 'array' || entries['$ref'] !== undefined);
  };
  // A user of a list also uses its entries, unless they lead back to the list.
  const uses = (name: string, within: readonly string[] = []): number =>
    references
      .filter(({ to, from }) => to === name && !within.includes(from))
      .reduce((sum, { from }) => sum + (isCollection(from) ? uses(from, [...within, name]) : 1), 0);
  return { all, shared: new Set(Object.keys(all).filter((name) => !isCollection(name) && uses(name) > 1)) };
}

/** Returns a schema merged with the definition that it refers to; its own keywords win. */
export function resolved(schema: Schema, { all }: Language): Schema {
  const { $ref, ...own } = schema;
  return typeof $ref === 'string'
    ? { ...resolved(all[nameOf($ref)] ?? {}, { all, shared: new Set() }), ...own }
    : schema;
}

/** Returns the name of the section that describes the definition of a reference; undefined if it has none. */
export function sharedName({ $ref }: Schema, { shared }: Language): string | undefined {
  const name = typeof $ref === 'string' ? nameOf($ref) : undefined;
  return name !== undefined && shared.has(name) ? name : undefined;
}

/** Returns the fields of a schema, in the order in which they are written. */
export function fieldsOf(schema: Schema): readonly (readonly [string, Schema])[] {
  return Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Schema>>);
}

/** Returns true if a field is required. */
export function isRequired(schema: Schema, field: string): boolean {
  return ((schema['required'] ?? []) as readonly string[]).includes(field);
}

/** Returns the JSON types that a schema takes. */
export function typesOf(schema: Schema): readonly string[] {
  const { type = [] } = schema as { readonly type?: string | readonly string[] };
  return [type].flat();
}

/** Returns the schema of the entries of a list or map; undefined for anything else. */
export function entriesOf(schema: Schema): Schema | undefined {
  const types = typesOf(schema).join();
  if (types === 'array') return schema['items'] as Schema | undefined;
  const values = schema['additionalProperties'];
  const isMap = types === 'object' && schema['properties'] === undefined && typeof values === 'object';
  return isMap ? (values as Schema) : undefined;
}

/** Returns the schema of the fields inside a field: its own, or that of the entries of a list or map, at any depth. */
export function inPlace(schema: Schema, language: Language): Schema | undefined {
  if (sharedName(schema, language) !== undefined) return undefined;
  const full = resolved(schema, language);
  if (full['properties'] !== undefined) return full;
  const entries = entriesOf(full);
  return entries && inPlace(entries, language);
}

function nameOf(reference: string): string {
  return reference.replace('#/$defs/', '');
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { $ref } = value as Schema;
  const below = Object.values(value).flatMap(referencesIn);
  return typeof $ref === 'string' ? [nameOf($ref), ...below] : below;
}
