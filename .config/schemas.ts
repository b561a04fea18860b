import { readdirSync, readFileSync } from 'node:fs';

/** A JSON Schema or a part of one. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** The schemas of the language: one for each kind, by the name of the kind, and the shared definitions. */
export interface Schemas {
  readonly common: Schema;
  readonly kinds: Readonly<Record<string, Schema>>;
}

/** The `$id` of each file is this and the name of the file. */
export const schemaBase = 'https://meshwright.dev/schemas/v1/';

/** The `$id` of the schemas of suites, which are tests of a mesh and no part of the mesh. */
const suiteBase = 'https://meshwright.dev/schemas/test/v1/';

/** Reads the kinds of the language of tests. They refer to the shared definitions of the mesh language. */
export function readSuiteKinds(folder: string): Schemas['kinds'] {
  return readSchemas(folder, suiteBase).kinds;
}

/** Reads the schemas of a folder, in the order of the names of their files. */
export function readSchemas(folder: string, base = schemaBase): Schemas {
  const kinds: Record<string, Schema> = {};
  let common: Schema = {};
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const schema = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Schema;
    if (schema['$id'] !== base + file) throw new Error(`${file}: its $id is not ${base}${file}`);
    if (file === 'common.json') common = schema;
    else kinds[kindOf(schema, file)] = schema;
  }
  return { common, kinds };
}

/**
 * Returns all definitions under unique names: kinds as `<Kind>Document`, shared definitions under their own names,
 * definitions of a kind under theirs unless another file has the same name. Every `$ref` leads to `#/$defs/<name>`.
 */
export function definitions({ common, kinds }: Schemas): Record<string, Schema> {
  const shared = Object.keys(definitionsOf(common));
  const owners = new Map(shared.map((name) => [name, 2]));
  for (const schema of Object.values(kinds)) {
    for (const name of Object.keys(definitionsOf(schema))) owners.set(name, (owners.get(name) ?? 0) + 1);
  }
  const all: Record<string, Schema> = {};
  const ownName = (kind: string, name: string) => ((owners.get(name) ?? 0) > 1 ? kind + name : name);
  for (const [kind, schema] of Object.entries(kinds)) {
    const { $schema, $id, $defs, ...document } = schema;
    const rename = (reference: string) => local(reference, (name) => ownName(kind, name));
    all[`${kind}Document`] = withReferences(document, rename);
    for (const [name, definition] of Object.entries(definitionsOf(schema))) {
      all[ownName(kind, name)] = withReferences(definition, rename);
    }
  }
  for (const [name, definition] of Object.entries(definitionsOf(common))) {
    all[name] = withReferences(definition, (reference) => local(reference, (own) => own));
  }
  return Object.fromEntries(Object.entries(all).map(([name, schema]) => [name, inlined(schema, all)]));
}

/** Returns the description of a schema; empty if it has none. */
export function descriptionOf({ description }: Schema): string {
  return typeof description === 'string' ? description : '';
}

/** Keywords for readers, without effect on validation. */
const annotations = ['title', 'description', 'examples', 'default', 'markdownDescription', '$comment'];

/** Applies `change` to all schemas in `schema` and then to itself, from the inside out. */
export function mapSchema(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    return typeof value === 'object' && value !== null ? mapSchema(value as Schema, change) : value;
  };
  const inner = Object.entries(schema).map(([keyword, value]) => {
    if (['const', 'enum', ...annotations].includes(keyword)) return [keyword, value];
    if (!['properties', 'patternProperties', '$defs', 'dependentSchemas'].includes(keyword))
      return [keyword, visit(value)];
    return [
      keyword,
      Object.fromEntries(Object.entries(value as Schema).map(([name, part]) => [name, visit(part)])),
    ];
  });
  return change(Object.fromEntries(inner) as Schema);
}

/** Returns a schema without its annotations. */
export function withoutAnnotations(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !annotations.includes(keyword)));
}

/** Returns `schema` with every `$ref`, at any depth, replaced by the result of `rename`. */
function withReferences(schema: Schema, rename: (reference: string) => string): Schema {
  return mapSchema(schema, (part) => {
    const { $ref } = part;
    return typeof $ref === 'string' ? { ...part, $ref: rename($ref) } : part;
  });
}

/** Replaces each reference into a definition by its target, so that every remaining `$ref` names a definition. */
function inlined(schema: Schema, all: Readonly<Record<string, Schema>>): Schema {
  return mapSchema(schema, (part) => {
    const [, name = '', inside] = /^#\/\$defs\/([^/]+)\/(.+)$/.exec(String(part['$ref'])) ?? [];
    if (inside === undefined) return part;
    const found = inside
      .split('/')
      .reduce<unknown>((at, key) => (at as Schema | undefined)?.[key], all[name]);
    if (typeof found !== 'object') throw new Error(`${String(part['$ref'])}: nothing is there`);
    const { $ref: _, ...beside } = part;
    return { ...inlined(found as Schema, all), ...beside };
  });
}

function local(reference: string, own: (name: string) => string): string {
  const [, file, name = '', inside = ''] =
    /^((?:\.\.\/\.\.\/v1\/)?common\.json)?#\/\$defs\/([^/]+)(\/.+)?$/.exec(reference) ?? [];
  if (name === '')
    throw new Error(`${reference}: only #/$defs/NAME and common.json#/$defs/NAME are followed`);
  return `#/$defs/${file === undefined ? own(name) : name}${inside}`;
}

function definitionsOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema['$defs'] ?? {}) as Readonly<Record<string, Schema>>;
}

function kindOf(schema: Schema, file: string): string {
  const { kind } = schema['properties'] as { readonly kind?: { readonly const?: unknown } };
  if (typeof kind?.const !== 'string') throw new Error(`${file}: properties.kind.const is missing`);
  return kind.const;
}
