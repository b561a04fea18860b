import bundle from '../../../schemas/mesh.json' with { type: 'json' };

/** The part of a JSON Schema from which messages are made. */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema | boolean>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly const?: unknown;
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const root = bundle as unknown as Schema;

/**
 * Returns the schema that a keyword belongs to, by the JSON pointer of the keyword; a condition belongs to the schema
 * around it.
 */
export function ownerOf(pointer: string): Schema | undefined {
  return schemasAlong(pointer.replace(/(?:\/dependentSchemas\/[^/]+)?(?:\/(?:then|else))*\/[^/]+$/, '')).at(
    -1,
  );
}

/** Returns the language's description of the values that a keyword, given by its JSON pointer, is about. */
export function descriptionAt(pointer: string): string {
  const along = schemasAlong(pointer);
  const reference = along.at(-1)?.$ref;
  const schemas = reference === undefined ? along : schemasAlong(reference);
  return schemas.findLast(({ description }) => typeof description === 'string')?.description ?? '';
}

/** Returns the schema of the value at a path of a definition, with its references followed; undefined if there is none. */
export function schemaAt(definition: string, path: readonly (string | number)[]): Schema | undefined {
  const schema = referenceAt(definition, path);
  return schema === undefined ? undefined : resolved(schema);
}

/** Returns the name of the shared definition for the value at a path of a document; undefined if there is none. */
export function definitionAt(document: string, path: readonly (string | number)[]): string | undefined {
  return referenceAt(document, path)?.$ref?.replace('#/$defs/', '');
}

function referenceAt(definition: string, path: readonly (string | number)[]): Schema | undefined {
  let schema: Schema = { $ref: `#/$defs/${definition}` };
  for (const key of path) {
    const { properties, additionalProperties, items }: Schema = resolved(schema);
    const next: Schema | boolean | undefined =
      typeof key === 'number' ? items : (ownEntry(properties, key) ?? additionalProperties);
    if (typeof next !== 'object') return undefined;
    schema = next;
  }
  return schema;
}

/** Returns a schema, or the definition that its `$ref` names. */
export function resolved(schema: Schema): Schema {
  const { $ref } = schema;
  return $ref === undefined ? schema : resolved(schemasAlong($ref).at(-1) ?? {});
}

function ownEntry<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Returns the schemas along a JSON pointer into schemas/mesh.json, the outermost first. */
function schemasAlong(pointer: string): readonly Schema[] {
  const found: Schema[] = [];
  let node: unknown = root;
  for (const part of pointer.replace(/^#\//, '').split('/')) {
    node = isRecord(node) ? node[unescapePointer(part)] : undefined;
    if (isRecord(node)) found.push(node);
  }
  return found;
}

/** Returns the parts of a JSON pointer (RFC 6901), in the plain form or in that of a URI fragment, which ajv writes. */
export function pointerParts(pointer: string): readonly string[] {
  return pointer === '' ? [] : pointer.slice(1).split('/').map(unescapePointer);
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
